import { type BaselineSettings, DEFAULT_REF, type StoreChoice } from '../model/baseline.ts';
import { readAmount, type Written } from './limits.ts';
import { type Problem, problem } from './problem.ts';

/** Milliseconds: what GitHub's own runners need for a large application, with room to spare. */
const BUILD_TIMEOUT = 15 * 60 * 1000;

/** The `baseline` key, whose shape is known to be right. */
export function readBaseline(written: Written): {
  readonly settings: BaselineSettings;
  readonly problems: readonly Problem[];
} {
  const { branch, stores, build } = written as WrittenBaseline;
  const { timeout, problems } = readTimeout(written.buildTimeout);
  const settings = {
    branch: branch ?? null,
    stores: stores?.map(choiceOf) ?? null,
    build: build ?? null,
    buildTimeout: timeout,
  };
  return { settings, problems: [...(stores ?? []).flatMap(placeProblems), ...problems] };
}

/** A ref is given in full, so that none can be a branch by mistake. */
function placeProblems(store: WrittenStore, index: number): Problem[] {
  if (typeof store === 'string') return [];
  const path = ['baseline', 'stores', index];
  if ('file' in store) {
    return store.file === '' ? [problem([...path, 'file'], 'names no folder', null)] : [];
  }
  if (/^refs\/(?!heads\/|tags\/)[\w-]+(\/[\w.-]+)+$/.test(store.git)) return [];
  const what = `"${store.git}" is not a ref of its own, in full`;
  return [problem([...path, 'git'], what, `Write it as "${DEFAULT_REF}".`)];
}

type WrittenStore = StoreChoice['kind'] | { readonly git: string } | { readonly file: string };

interface WrittenBaseline {
  readonly branch?: string;
  readonly stores?: readonly WrittenStore[];
  readonly build?: string;
}

function choiceOf(store: WrittenStore): StoreChoice {
  if (store === 'artifact') return { kind: 'artifact' };
  if (store === 'git') return { kind: 'git', ref: DEFAULT_REF };
  if (store === 'file') return { kind: 'file', folder: null };
  if ('git' in store) return { kind: 'git', ref: store.git };
  return { kind: 'file', folder: store.file };
}

function readTimeout(value: unknown): { timeout: number; problems: Problem[] } {
  if (value === undefined) return { timeout: BUILD_TIMEOUT, problems: [] };
  const path = ['baseline', 'buildTimeout'];
  const amount = readAmount(value, path, 'millisecond');
  if (!('value' in amount)) return { timeout: BUILD_TIMEOUT, problems: [amount] };
  if (amount.value > 0) return { timeout: amount.value, problems: [] };
  return { timeout: BUILD_TIMEOUT, problems: [problem(path, 'leaves no time to build', null)] };
}
