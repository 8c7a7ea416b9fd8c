import { UserError } from '../model/errors.ts';
import { ENCODINGS, type Encoding, encodingOf } from '../model/metric.ts';
import type { ModuleShare } from '../model/module.ts';
import type { SkippedProject, Snapshot } from '../model/snapshot.ts';
import { snapshotOf } from './snapshot-text.ts';

/** Far above what builds have, and little to a machine. */
const MOST_ASSETS = 20_000;
const MOST_MEASUREMENTS = 5_000;
const MOST_SAMPLES = 2_000;
const MOST_REPORTS = 100;
/** Projects that a run has left out. */
export const MOST_SKIPPED = 200;
/** Files of all pages together: each page names its own. */
const MOST_LOADED = 500_000;
/** UTF-16 units of a path, a name, or any other text. */
const LONGEST_TEXT = 1_024;
/** Of what is said of a project that was left out: a name, a file, a reason. */
const LONGEST_OF_SKIPPED = 300;
/** A snapshot is four levels of objects and lists. */
const DEEPEST = 6;

/**
 * What somebody else's run says that it has measured. Only measured facts are taken: budgets,
 * rules, patterns and pardons in the text are never looked at. Every number is finite and exact,
 * every text is short and can be seen, and there are only as many of each as builds may have.
 * @param file what errors call the text by; nothing of the text itself stands in an error
 * @throws UserError `snapshot-refused`, `snapshot-damaged`, `snapshot-newer`
 */
export function parseUntrusted(text: string, file: string): Snapshot {
  const facts = factsOf(parseObject(text, file), file);
  const fault = faultIn(facts, 0) ?? crowd(facts);
  if (fault !== null) throw refused(file, fault);
  const snapshot = snapshotOf(facts, file);
  if (hasLargerParts(snapshot)) {
    throw refused(file, 'modules in it weigh more than what they are in');
  }
  return snapshot;
}

/** Shares are of what a file weighs: larger ones would explain a change by what never was. */
function hasLargerParts({ assets, measurements }: Snapshot): boolean {
  const isOver = (modules: readonly ModuleShare[], encoding: Encoding, whole: number) =>
    modules.reduce((sum, module) => sum + (module[encoding] ?? 0), 0) > whole;
  return (
    assets.some(({ modules = [], ...sizes }) =>
      ENCODINGS.some((encoding) => isOver(modules, encoding, sizes[encoding] ?? 0)),
    ) ||
    measurements.some(({ modules = [], metric, value }) => {
      const encoding = encodingOf(metric);
      return encoding !== null && isOver(modules, encoding, value);
    })
  );
}

/**
 * What somebody else's run says that it has left out, as far as it is short and can be seen.
 * @throws UserError `snapshot-refused`
 */
export function checkUntrustedSkipped(skipped: readonly SkippedProject[], file: string): void {
  if (skipped.length > MOST_SKIPPED) {
    throw refused(file, `it leaves out more than ${MOST_SKIPPED} projects`);
  }
  for (const { project, file: named, why } of skipped) {
    for (const text of [project, named, why]) {
      const fault = textFault(text, LONGEST_OF_SKIPPED);
      if (fault !== null) throw refused(file, fault);
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string, file: string): Fields {
  try {
    const value = JSON.parse(text) as unknown;
    if (isObject(value)) return value;
  } catch {
    throw refused(file, 'it is not whole JSON');
  }
  throw refused(file, 'it is no object');
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The measured parts; all that judges is ours to fill in. */
function factsOf(value: Fields, file: string) {
  const { schemaVersion, commit, project, takenAt, encoders } = value;
  const { assets, measurements, packages, pages, hasMorePages } = value;
  if (!isObject(encoders)) throw refused(file, 'it does not say what compressed it');
  const { levels, probe } = encoders;
  return {
    schemaVersion,
    commit,
    project,
    takenAt,
    encoders: { levels, probe, versions: {} },
    tracked: { files: [], encodings: [], reports: [] },
    budgets: [],
    rules: { relaxing: 'fail', waivers: [] },
    assets,
    measurements,
    packages,
    pages,
    hasMorePages,
  };
}

/** The first value that no measurement has; null where there is none. */
function faultIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return textFault(value);
  if (typeof value === 'number') {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? null : 'a number in it is out of range';
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEEPEST) return 'it is nested too deep';
  return Array.isArray(value) ? listFault(value, depth) : objectFault(value, depth);
}

/** Also line and paragraph separators, and halves of characters, which no file name of ours has. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

function textFault(text: string, longest = LONGEST_TEXT): string | null {
  if (text.length > longest) return `a text in it is longer than ${longest} characters`;
  return UNSEEN.test(text) ? 'a text in it has a control character' : null;
}

function listFault(list: readonly unknown[], depth: number): string | null {
  if (list.length > MOST_ASSETS) return `a list in it has more than ${MOST_ASSETS} entries`;
  for (const item of list) {
    const fault = faultIn(item, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

/** Keys that reach behind an object instead of into it. */
const PROTOTYPE_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

function objectFault(object: object, depth: number): string | null {
  for (const [key, item] of Object.entries(object)) {
    if (PROTOTYPE_KEYS.includes(key)) return 'a key in it is no key of a snapshot';
    const fault = textFault(key) ?? faultIn(item, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

function crowd(facts: { readonly measurements: unknown; readonly pages: unknown }): string | null {
  const { measurements, pages } = facts;
  const loaded = (Array.isArray(pages) ? pages : []).filter(isObject);
  const count = loaded.reduce(
    (sum, { initial, lazy }) => sum + lengthOf(initial) + lengthOf(lazy),
    0,
  );
  if (count > MOST_LOADED) return `its pages load more than ${MOST_LOADED} files`;
  const list: readonly unknown[] = Array.isArray(measurements) ? measurements : [];
  if (list.length > MOST_MEASUREMENTS) {
    return `it has more than ${MOST_MEASUREMENTS} measurements`;
  }
  const counts = { samples: MOST_SAMPLES, reports: MOST_REPORTS };
  for (const [key, most] of Object.entries(counts)) {
    const isOver = (item: unknown) => isObject(item) && lengthOf(item[key]) > most;
    if (list.some(isOver)) return `a measurement in it has more than ${most} ${key}`;
  }
  return null;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function refused(file: string, what: string): UserError {
  return new UserError('snapshot-refused', `${file} cannot be trusted as a snapshot: ${what}.`, {
    hint: 'It should be what `weighbridge measure --save`, or the Action, has written.',
  });
}
