import { either, isFlag, listOfAtLeast, oneOf, text } from '../core/plain-value.ts';
import { isPlausibleHash } from '../core/plausible-hash.ts';
import { isNegated, matcherOf, patternFault } from '../core/select.ts';
import type { AssetSelection } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import { ENCODINGS, type Encoding, encodingOf, sizeMetric } from '../model/metric.ts';
import { LOADS } from '../model/page.ts';
import { fileOptions } from './file-options.ts';
import { sizeChoice } from './size-choice.ts';
import { type CollectRequest, type Entry, listOf, type Source, type Wishes } from './source.ts';
import { walk } from './walk.ts';

/** Budgets on bytes of built files. */
export const bundle: Source = {
  subject: 'files',
  describes:
    'bytes of built files: the sum over the matches or, with `each`, every match by itself',
  options: fileOptions,
  keys: {
    files: either(text(1), listOfAtLeast(1, text(1))),
    each: isFlag,
    load: oneOf(LOADS),
    encoding: oneOf(ENCODINGS),
  },
  refuse: refusePatterns,
  metric: (id, entry) => sizeChoice(id, entry, 'files'),
  metrics: ENCODINGS.map((encoding) => sizeMetric(encoding).id),
  selection: (entry): AssetSelection => ({
    kind: 'assets',
    patterns: listOf(entry.files),
    each: entry.each === true,
    ...(entry.load === 'initial' || entry.load === 'lazy' ? { load: entry.load } : {}),
  }),
  wish,
};

function refusePatterns(entry: Entry): { key: string; what: string; hint: string } | null {
  const list = listOf(entry.files);
  const fault = list.map(patternFault).find((one) => one !== null);
  if (fault) return { key: 'files', ...fault };
  if (!list.every(isNegated)) return null;
  return {
    key: 'files',
    what: 'has negations only, which match nothing',
    hint: 'Name the files too.',
  };
}

async function wish(request: CollectRequest, host: Host): Promise<Wishes> {
  const { config } = request;
  const budgeted = request.selections.flatMap((selection) =>
    selection.kind === 'assets' ? [selection.patterns] : [],
  );
  const track = config.track.length > 0 ? [config.track] : budgeted;
  const lists = [...track, ...budgeted];
  const found = await walk(lists.flat(), config.folder, host);
  const plan = encodingPlan(config, track);
  const planned = found.map((file) => ({ ...file, encodings: plan(file.path) }));
  const files = planned.filter((file) => file.encodings.size > 0);
  const unique = new Map(lists.map((list) => [JSON.stringify(list), list]));
  return { files, tracked: { files: [...unique.values()] } };
}

/** Says which encodings a path is measured in: those tracked, and those its budgets ask for. */
function encodingPlan(
  config: Config,
  track: readonly (readonly string[])[],
): (path: string) => ReadonlySet<Encoding> {
  const tracked = track.map((list) => matcherOf(list, isPlausibleHash));
  const everywhere: readonly Encoding[] = ['raw', ...config.encodings];
  const asked = config.budgets.flatMap((budget) => {
    const encoding = encodingOf(budget.metric);
    if (encoding === null) return [];
    // A package may be in any of the files.
    if (budget.selection.kind === 'package') return [{ encoding, matches: () => true }];
    if (budget.selection.kind !== 'assets') return [];
    return [{ encoding, matches: matcherOf(budget.selection.patterns, isPlausibleHash) }];
  });
  const sets = new Map<string, ReadonlySet<Encoding>>();
  return (path) => {
    const own = asked.filter(({ matches }) => matches(path)).map(({ encoding }) => encoding);
    const all = tracked.some((matches) => matches(path)) ? [...everywhere, ...own] : own;
    const set = sets.get(all.join()) ?? new Set(all);
    sets.set(all.join(), set);
    return set;
  };
}
