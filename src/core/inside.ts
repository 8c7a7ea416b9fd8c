import type { Budget } from '../model/budget.ts';
import type { Content } from '../model/content.ts';
import { type Encoding, encodingOf, sizeMetric } from '../model/metric.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';
import { type Account, accountOf, CODE, type Entry, modulesOnly, packageOnly } from './account.ts';
import { compare } from './compare.ts';
import { contentsTree } from './contents-tree.ts';
import { type OwnerOf, ownersIn } from './module-owner.ts';
import { subjectsOf } from './subjects.ts';

/** What somebody asks about, found by its name. */
export type Asked =
  | { readonly kind: 'all' }
  | { readonly kind: 'budget'; readonly budget: Budget }
  | { readonly kind: 'asset'; readonly asset: Asset }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'module'; readonly id: string };

/**
 * What a name means in a snapshot: a budget, an asset by its path, its stable name or its last
 * parts where only one asset has them, a package with or without its version, or a module; null
 * where it means nothing.
 */
export function findAsked(name: string, snapshot: Snapshot): Asked | null {
  const budget = snapshot.budgets.find((one) => one.name === name);
  if (budget !== undefined) return { kind: 'budget', budget };
  const asset = findAsset(name, snapshot.assets);
  if (asset !== null) return { kind: 'asset', asset };
  const { packages, modules } = namesIn(snapshot);
  const bare = name.replace(/(?<=.)@[^@/]*$/, '');
  const found = [name, bare].find((one) => packages.has(one));
  if (found !== undefined) return { kind: 'package', name: found };
  return modules.has(name) ? { kind: 'module', id: name } : null;
}

function findAsset(name: string, assets: readonly Asset[]): Asset | null {
  const exact = assets.find(({ path }) => path === name);
  if (exact !== undefined) return exact;
  const alike = [
    assets.filter(({ subject }) => subject === name),
    assets.filter(({ path, subject }) => [path, subject].some((one) => one.endsWith(`/${name}`))),
  ];
  return alike.find(({ length }) => length === 1)?.[0] ?? null;
}

/** Everything that has a name: for a suggestion where one is misspelt. */
export function knownNames(snapshot: Snapshot): string[] {
  const { packages, modules } = namesIn(snapshot);
  const budgets = snapshot.budgets.map(({ name }) => name);
  const assets = snapshot.assets.flatMap(({ path, subject }) => [path, subject]);
  return [...new Set([...budgets, ...packages, ...assets, ...modules])];
}

function namesIn(snapshot: Snapshot) {
  const ownerOf = ownersIn(snapshot);
  const packages = new Set<string>();
  const modules = new Set<string>();
  for (const { modules: inside = [] } of [...snapshot.assets, ...snapshot.measurements]) {
    for (const { id } of inside) {
      const name = ownerOf(id).package;
      if (name !== null) packages.add(name);
      modules.add(id);
    }
  }
  return { packages, modules };
}

/**
 * What is inside the assets that are asked about, and inside what budgets import.
 * @param encoding what sizes are in, where a budget does not say
 */
export function insideOf(snapshot: Snapshot, asked: Asked, encoding: Encoding): Content[] {
  const ownerOf = ownersIn(snapshot);
  const accounts =
    asked.kind === 'budget'
      ? accountsOfBudget(asked.budget, encodingAsked(asked, encoding), snapshot, ownerOf)
      : [accountOfAll(snapshot, asked, encoding)];
  const only = accounts.map((account) => narrowed(account, asked, ownerOf));
  return only.flatMap((account) => contentsTree(account, ownerOf));
}

/** The encoding that is asked for: a budget's own, also that of the bytes behind a time. */
export function encodingAsked(asked: Asked, encoding: Encoding): Encoding {
  if (asked.kind !== 'budget') return encoding;
  const { metric, selection } = asked.budget;
  const behind = selection.kind === 'pages' ? selection.encoding : encoding;
  return encodingOf(metric) ?? behind;
}

function accountsOfBudget(
  budget: Budget,
  encoding: Encoding,
  snapshot: Snapshot,
  ownerOf: OwnerOf,
): Account[] {
  return subjectsOf(budget, compare(snapshot, null)).flatMap(({ covers }) => {
    const account = accountOf(covers, encoding);
    if (account === null) return [];
    const owners = { base: ownerOf, head: ownerOf };
    if (covers.kind !== 'package') return account;
    return withContents(packageOnly(account, covers.name, owners));
  });
}

function accountOfAll(snapshot: Snapshot, asked: Asked, encoding: Encoding): Account {
  const assets = asked.kind === 'asset' ? [asked.asset] : snapshot.assets;
  const entries = assets.map((asset) => {
    const { path, raw, modules = null, load = null } = asset;
    const head = { bytes: asset[encoding] ?? raw, raw, modules, load };
    return { name: path, isCode: CODE.test(path), base: null, head };
  });
  const imports = asked.kind === 'asset' ? [] : importsIn(snapshot, encoding);
  return { entries: [...entries, ...imports], encoding };
}

/** What budgets import is in no file of the build. */
function importsIn(snapshot: Snapshot, encoding: Encoding): readonly Entry[] {
  const { id } = sizeMetric(encoding);
  return compare(snapshot, null)
    .measurements.filter(({ head }) => head?.source === 'import' && head.metric === id)
    .flatMap((change) => accountOf({ kind: 'measurement', change }, encoding)?.entries ?? []);
}

function narrowed(account: Account, asked: Asked, ownerOf: OwnerOf): Account {
  if (asked.kind === 'package') {
    const owners = { base: ownerOf, head: ownerOf };
    return withContents(packageOnly(account, asked.name, owners));
  }
  if (asked.kind !== 'module') return account;
  const isMeant = (id: string) => id === asked.id;
  return withContents(modulesOnly(account, { base: isMeant, head: isMeant }));
}

/** The assets and imports that hold any of it. */
function withContents(account: Account): Account {
  const entries = account.entries.filter(({ head }) => (head?.modules ?? []).length > 0);
  return { ...account, entries };
}
