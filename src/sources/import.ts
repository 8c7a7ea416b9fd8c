import { importText } from '../core/import-text.ts';
import { either, listOfAtLeast, oneOf, text } from '../core/plain-value.ts';
import { patternFault } from '../core/select.ts';
import { type ImportSelection, type NamedImports, PLATFORMS } from '../model/budget.ts';
import { ENCODINGS } from '../model/metric.ts';
import { clauseHint, importedNames } from './import-clause.ts';
import { importOptions, importRules } from './import-options.ts';
import { sizeChoice } from './size-choice.ts';
import { type Entry, listOf, type Source } from './source.ts';

const isTexts = listOfAtLeast(0, text(1));

/** Budgets on what a library costs those who import from it. */
export const imports: Source = {
  subject: 'import',
  describes:
    "what importing from a library costs: bundled and minified with your project's own esbuild, without the peer dependencies",
  options: importOptions,
  rules: importRules,
  keys: {
    import: text(1),
    from: either(text(1), listOfAtLeast(1, text(1))),
    conditions: isTexts,
    platform: oneOf(PLATFORMS),
    ignore: isTexts,
    external: isTexts,
    encoding: oneOf(ENCODINGS),
  },
  refuse: (entry) =>
    subjectFault(entry) ?? placeFault(entry) ?? clauseFault(entry) ?? lengthFault(entry),
  metric: (id, entry) => sizeChoice(id, entry, 'imports'),
  metrics: ENCODINGS.map((encoding) => `size.${encoding}`),
  selection: selectionOf,
  // Loaded only where a budget speaks of imports.
  collect: async (request, host) =>
    (await import('./import-collect.ts')).collectImports(request, host),
};

function selectionOf(entry: Entry): ImportSelection {
  return {
    kind: 'imports',
    imports: importsOf(entry),
    platform: (entry.platform as ImportSelection['platform'] | undefined) ?? 'browser',
    conditions: sorted(entry.conditions),
    external: sorted(entry.ignore, entry.external),
  };
}

/** Files and the clauses that import from them, as they are written. */
function writtenClauses({ import: clause, from }: Entry): (readonly [string, string])[] {
  if (typeof clause === 'object' && clause !== null) return Object.entries(clause);
  return listOf(from ?? []).map((file) => [file, String(clause)]);
}

function importsOf(entry: Entry): NamedImports[] {
  const names = new Map<string, ReadonlySet<string>>();
  for (const [from, clause] of writtenClauses(entry)) {
    names.set(from, new Set([...(names.get(from) ?? []), ...(importedNames(clause) ?? [])]));
  }
  return [...names]
    .map(([from, taken]) => ({ from, names: [...taken].sort() }))
    .sort((left, right) => (left.from < right.from ? -1 : 1));
}

function sorted(...lists: readonly unknown[]): string[] {
  return [...new Set(lists.flatMap((list) => (list as string[] | undefined) ?? []))].sort();
}

interface Fault {
  readonly key: string;
  readonly what: string;
  readonly hint: string;
}

function subjectFault({ import: clause, from }: Entry): Fault | null {
  if (typeof clause === 'string') {
    if (from !== undefined) return null;
    const hint = 'Give the file it is imported from: "./dist/index.js".';
    return { key: 'from', what: 'is missing', hint };
  }
  if (from !== undefined) {
    return { key: 'from', what: 'stands beside files in `import`', hint: 'Keep one of them.' };
  }
  if (Object.keys(clause as object).length > 0) return null;
  return { key: 'import', what: 'is empty', hint: 'Write { "./dist/index.js": "{ a, b }" }.' };
}

function placeFault(entry: Entry): Fault | null {
  const key = entry.from === undefined ? 'import' : 'from';
  const places = writtenClauses(entry).map(([from]) => from);
  const fault = places.map(patternFault).find((one) => one !== null);
  return fault === undefined ? null : { key, ...fault };
}

function clauseFault(entry: Entry): Fault | null {
  const broken = writtenClauses(entry).find(([, clause]) => importedNames(clause) === null);
  if (broken === undefined) return null;
  const [, clause] = broken;
  return {
    key: 'import',
    what: `"${clause}" is not what can be imported`,
    hint: clauseHint(clause),
  };
}

/** Characters: the text of a selection is the subject, which has to fit into reports and records. */
const LONGEST = 1_000;

function lengthFault(entry: Entry): Fault | null {
  if (importText(selectionOf(entry)).length <= LONGEST) return null;
  const what = `takes more than ${LONGEST} characters to say`;
  return { key: 'import', what, hint: 'Make several budgets of it, or import "*".' };
}
