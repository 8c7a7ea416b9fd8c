import { duplicatesIn } from '../core/duplicates.ts';
import { type Asked, encodingAsked, findAsked, insideOf } from '../core/inside.ts';
import { closedSide, insideChange } from '../core/inside-change.ts';
import { packageOf } from '../core/package-of.ts';
import { comparedWords } from '../format/compared.ts';
import { contentsTable } from '../format/contents-table.ts';
import { differenceOf, untoldOf, type Wanted } from '../format/difference.ts';
import { duplicatesList } from '../format/duplicates-list.ts';
import { formatDelta } from '../format/numbers.ts';
import { terminalText, wrap } from '../format/terminal.ts';
import { unnamedWords, type Why } from '../format/whys.ts';
import type { Selection } from '../model/budget.ts';
import { type Encoding, encodingOf } from '../model/metric.ts';
import type { Report } from '../model/report.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { whyLines } from '../reporters/terminal-why.ts';

/** What a name means in a build: in head, in the report on its change, or in both. */
export interface Meaning {
  /** Null for what is gone. */
  readonly asked: Asked | null;
  readonly wanted: Wanted;
}

export interface Question extends Meaning {
  readonly snapshot: Snapshot;
  /** What it is compared with; null where there is nothing. */
  readonly base: Snapshot | null;
  /** Null where there is nothing to compare with. */
  readonly report: Report | null;
  /** What sizes are in, where a budget does not say. */
  readonly encoding: Encoding;
}

/** Null where it means nothing. */
export function meaningOf(
  name: string | null,
  snapshot: Snapshot,
  report: Report | null,
): Meaning | null {
  if (name === null) return { asked: { kind: 'all' }, wanted: { kind: 'all' } };
  const asked = findAsked(name, snapshot);
  if (asked !== null) return { asked, wanted: wantedOf(asked, report) };
  const wanted = findGone(name, report);
  return wanted === null ? null : { asked: null, wanted };
}

function wantedOf(asked: Asked, report: Report | null): Wanted {
  switch (asked.kind) {
    case 'all':
      return asked;
    case 'budget':
      return { kind: 'budget', budget: asked.budget.name };
    case 'asset': {
      // Where two assets share a stable name, a comparison goes by their paths.
      const { path, subject } = asked.asset;
      const isByPath = report?.causes.some((cause) => cause.subject === path) ?? false;
      return { kind: 'asset', subject: isByPath ? path : subject };
    }
    case 'package':
      return asked;
    case 'module':
      return { kind: 'module', name: asked.id };
  }
}

/** What base had and head has no more. */
function findGone(name: string, report: Report | null): Wanted | null {
  const causes = report?.causes ?? [];
  if (causes.some((cause) => cause.package === name)) return { kind: 'package', name };
  if (causes.some((cause) => cause.module === name)) return { kind: 'module', name };
  return causes.some((cause) => cause.subject === name) ? { kind: 'asset', subject: name } : null;
}

/** Names that only the difference knows. */
export function goneNames(report: Report | null): string[] {
  const names = (report?.causes ?? []).flatMap((cause) => [
    cause.package,
    cause.module,
    cause.subject,
  ]);
  return [...new Set(names.filter((name) => name !== null))];
}

export interface AnswerLook {
  /** Columns. */
  readonly width: number;
  /** One of several projects: it is said which one. */
  readonly isNamed: boolean;
}

/** The difference where there is one, and else what is inside. */
export function answer(question: Question, { width, isNamed }: AnswerLook): string {
  const { snapshot, report } = question;
  const parts = [
    ...(isNamed ? [terminalText(snapshot.project)] : []),
    ...(report === null ? [] : difference(question, report, width)),
    ...(report === null || !isChanged(report, question.wanted) ? [inside(question, width)] : []),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function isChanged(report: Report, wanted: Wanted): boolean {
  return report.comparison.base !== null && differenceOf(report, wanted).length > 0;
}

function difference(question: Question, report: Report, width: number): string[] {
  const { base } = report.comparison;
  if (base === null) return [wrap(terminalText(report.meta.noBaseline ?? ''), width, '')];
  const look = { width, causes: Number.POSITIVE_INFINITY, bold: String };
  const whys = differenceOf(report, question.wanted);
  const [named, others] = [true, false].map((is) => whys.filter((why) => hasNamed(why) === is));
  const lines = (named ?? []).map((why) => whyLines(why, look).join('\n'));
  const unnamed = (others ?? []).map((why) => unnamedWords(why, terminalText));
  const compared = `${comparedWords(base, terminalText)}.`;
  const said = [...unnamed, ...untoldWords(question, report, whys), compared].join(' ');
  return [...lines, wrap(said, width, '')];
}

/** What there is to say beside the causes, or instead of them. */
function untoldWords(question: Question, report: Report, whys: readonly Why[]): string[] {
  const { wanted } = question;
  const untold = wanted.kind === 'budget' ? untoldOf(report, wanted.budget, terminalText) : [];
  if (whys.some(hasNamed)) return untold;
  const hasChanged =
    whys.length > 0 || untold.length > 0 || (wanted.kind === 'all' && report.causes.length > 0);
  if (hasChanged) return [...untold, ...(isOfMaps(question) ? closedWords(question) : [])];
  return [partWords(question) ?? 'Nothing of it changed.'];
}

function hasNamed({ causes }: Why): boolean {
  return causes.some(({ kind }) => kind !== 'other');
}

/** Counts and times have no causes, with maps or without; what is imported needs no maps. */
function isOfMaps({ asked, snapshot }: Question): boolean {
  if (asked?.kind !== 'budget') return snapshot.assets.length > 0;
  const { metric, selection } = asked.budget;
  return encodingOf(metric) !== null && selection.kind !== 'imports';
}

function closedWords({ snapshot, base }: Question): string[] {
  const side = base === null ? null : closedSide(snapshot, base);
  return side === null ? [] : [CLOSED[side]];
}

const CLOSED = {
  base: 'Base was measured without source maps: what changed inside is not known.',
  head: 'Head was measured without source maps: what changed inside is not known.',
  both: 'It changed, and no source map says why.',
};

/** A package or module, of which no cause speaks; null where it is as it was. */
function partWords({ snapshot, base, asked, encoding }: Question): string | null {
  if (base === null || (asked?.kind !== 'package' && asked?.kind !== 'module')) return null;
  const change = insideChange(asked, { head: snapshot, base }, encoding);
  if (change.kind === 'same') return null;
  if (change.kind === 'closed') return CLOSED[change.side];
  // Modules of a package are told of together, by its name.
  const isOfPackage = asked.kind === 'module' && packageOf(asked.id) !== null;
  const why = isOfPackage ? 'no cause names by itself' : 'is below what is named';
  return `It changed by ${formatDelta(change.bytes, 'byte', change.bytes)}, which ${why}.`;
}

/** Lines beneath each asset and package where no name asks for all of them. */
const MOST = 20;

function inside({ snapshot, asked, encoding }: Question, width: number): string {
  if (asked === null) return '';
  const isAbout = (kind: Selection['kind']) =>
    asked.kind === 'budget' && asked.budget.selection.kind === kind;
  const isClosed = snapshot.assets.every(({ modules }) => modules === undefined);
  if (isClosed && (isAbout('package') || isAbout('duplicates'))) {
    return 'What is inside is not known: no source map tells.';
  }
  if (isAbout('duplicates')) return duplicatesList(duplicatesIn(snapshot), width);
  const contents = insideOf(snapshot, asked, encoding);
  if (contents.length === 0) return isAbout('package') ? NOT_INSIDE : NOT_FILES;
  const most = asked.kind === 'all' ? MOST : Number.POSITIVE_INFINITY;
  return contentsTable(contents, { encoding: encodingAsked(asked, encoding), width, most });
}

const NOT_INSIDE = 'Nothing of it is inside.';
const NOT_FILES = 'Nothing is inside: it is not about bytes of files.';
