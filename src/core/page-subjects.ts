import type { PageSelection } from '../model/budget.ts';
import type { AssetChange, Comparison } from '../model/comparison.ts';
import { type Load, PAGE_TYPES, type Page } from '../model/page.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { brokenWords } from './broken-references.ts';
import { filesOf, missingPages, pagesIn } from './page-files.ts';
import { type AskedOfPages, encodingIn, weighPages } from './page-weight.ts';
import { partsOf } from './parts-of.ts';
import { displayPattern } from './select.ts';
import { type BaseValue, type Covers, type Doubt, exactSubject, type Subject } from './subject.ts';
import { unplacedWords } from './unplaced-styles.ts';

/**
 * What pages pull in: the union of the files of all pages together, or of each page by itself; and
 * each pattern that no page belongs to.
 */
export function pageSubjects(
  selection: PageSelection,
  metric: string,
  comparison: Comparison,
): Subject[] {
  const pages = pagesIn(selection, comparison.head.pages ?? []);
  const isEmpty = isNothing(pages, selection);
  const asked = { selection, metric, comparison, isEmpty };
  const missing = missingPages(selection, comparison.head.pages ?? []).map((pattern) =>
    absent(pattern, asked),
  );
  if (pages.length === 0) return missing;
  if (!selection.each) {
    const name = selection.pages.map(displayPattern).join(', ');
    const before = pagesIn(selection, comparison.base?.snapshot.pages ?? []);
    return [...missing, subjectOf(name, pages, before, asked)];
  }
  const own = pages.map((page) => {
    const known = comparison.base?.snapshot.pages ?? [];
    const before = known.filter(({ path, kind }) => path === page.path && kind === page.kind);
    return subjectOf(page.path, [page], before, asked);
  });
  return [...missing, ...own];
}

interface Asked extends AskedOfPages {
  /** The `types` select no file on any of the pages; one page among others may well have none. */
  readonly isEmpty: boolean;
}

function absent(pattern: string, { metric, selection }: Asked): Subject {
  const isPart = selection.subject === 'route';
  const what = isPart || pattern.startsWith('/') ? 'route' : 'page';
  const from = isPart ? "source maps or the bundler's metadata name the lazy ones" : null;
  const detail = [`no ${what} matches ${pattern}`, from].filter((part) => part !== null).join('; ');
  return { ...exactSubject(pattern), unit: unitOf(metric), detail };
}

function subjectOf(
  name: string,
  pages: readonly Page[],
  before: readonly Page[],
  asked: Asked,
): Subject {
  const { metric, selection, comparison, isEmpty } = asked;
  const files = unionOf(pages, selection);
  const weighed = weighPages(files, 'head', asked);
  const unsized = `some of its files have no ${encodingIn(asked)} size`;
  return {
    ...exactSubject(name),
    unit: unitOf(metric),
    actual: weighed.value,
    detail: isEmpty ? emptyWords(name, pages, selection) : weighed.value === null ? unsized : null,
    base: comparison.base === null ? { kind: 'none', detail: null } : baseOf(pages, before, asked),
    covers: coversOf(pages, before, asked),
    doubt: doubtOf(pages, selection),
    isEmpty,
  };
}

function isNothing(pages: readonly Page[], selection: PageSelection): boolean {
  const isAll = selection.types.length === PAGE_TYPES.length;
  return !isAll && unionOf(pages, selection).length === 0;
}

function emptyWords(name: string, pages: readonly Page[], selection: PageSelection): string {
  const { types, load, ignore } = selection;
  const when = { initial: ' at once', lazy: ' later', all: '' }[load];
  const words = `${name} loads no file of type ${types.join(' or ')}${when}`;
  return [words, brokenWords(pages, ignore)].filter((part) => part !== null).join('; ');
}

/** What is named and not in the build weighs something where it is served from. */
function doubtOf(pages: readonly Page[], { types, ignore, load }: PageSelection): Doubt | null {
  const broken = types.every((type) => type === 'document') ? null : brokenWords(pages, ignore);
  const isAsked = types.includes('stylesheet') && load !== 'initial';
  const detail = broken ?? (isAsked ? unplacedWords(pages) : null);
  return detail === null ? null : { detail, of: 'passes' };
}

/** When a page fetches something is what that page says, not what others do with it. */
function coversOf(pages: readonly Page[], before: readonly Page[], asked: Asked): Covers {
  const changes = (side: 'base' | 'head', of: readonly Page[]) =>
    weighPages(unionOf(of, asked.selection), side, asked).changes;
  const parts = partsOf(changes('head', pages), changes('base', before));
  return { kind: 'assets', parts, loads: { head: loadsOf(pages), base: loadsOf(before) } };
}

function loadsOf(pages: readonly Page[]): ReadonlyMap<string, Load> {
  const of = (load: Load) =>
    pages.flatMap((page) => page[load].map((path) => [path, load] as const));
  // Initial on any of the pages is initial on all of them together.
  return new Map([...of('lazy'), ...of('initial')]);
}

function unitOf(metric: string): Subject['unit'] {
  if (metric === 'requests') return 'count';
  return metric === 'download-time' ? 'millisecond' : 'byte';
}

function unionOf(pages: readonly Page[], selection: PageSelection): string[] {
  return [...new Set(pages.flatMap((page) => filesOf(selection, page)))];
}

function baseOf(pages: readonly Page[], before: readonly Page[], asked: Asked): BaseValue {
  const { snapshot } = asked.comparison.base as { snapshot: Snapshot };
  if (snapshot.pages === undefined) {
    return { kind: 'none', detail: "new budget: base's record knows no pages" };
  }
  if (before.length === 0) return newPages(pages, snapshot, asked);
  const weighed = weighPages(unionOf(before, asked.selection), 'base', asked);
  if (weighed.value === null) {
    const detail = `new budget: base has no ${encodingIn(asked)} sizes of all that it loads`;
    return { kind: 'none', detail };
  }
  if (asked.metric !== 'requests' && !isComparable(pages, weighed.changes, asked)) {
    const detail = `base was compressed with another level or encoder of ${encodingIn(asked)}`;
    return { kind: 'incomparable', detail };
  }
  return { kind: 'known', value: weighed.value };
}

/** A page that base looked for and had not counts in full in a union, and by itself is new. */
function newPages(pages: readonly Page[], base: Snapshot, { selection }: Asked): BaseValue {
  const wasAsked = base.budgets.some(
    ({ selection: old }) => old.kind === 'pages' && pagesIn(old, pages).length === pages.length,
  );
  if (!wasAsked) return { kind: 'none', detail: 'new budget: base has no such page' };
  return selection.each ? { kind: 'new' } : { kind: 'known', value: 0 };
}

function isComparable(
  pages: readonly Page[],
  before: readonly AssetChange[],
  asked: Asked,
): boolean {
  const { changes } = weighPages(unionOf(pages, asked.selection), 'head', asked);
  const encoding = encodingIn(asked);
  return [...changes, ...before].every(({ sizes }) => sizes[encoding].comparable);
}
