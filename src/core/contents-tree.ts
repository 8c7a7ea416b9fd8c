import type { Content } from '../model/content.ts';
import { type Account, type Entry, shareOf, type Weighed } from './account.ts';
import { groupBy } from './group-by.ts';
import type { OwnerOf } from './module-owner.ts';

/** What is inside the assets of head: packages with their modules, own modules, and the rest. */
export function contentsTree({ entries, encoding }: Account, ownerOf: OwnerOf): Content[] {
  return entries
    .flatMap(({ name, isCode, head }: Entry) =>
      head === null ? [] : [assetContent({ name, isCode }, head, encoding, ownerOf)],
    )
    .sort(byBytes);
}

function assetContent(
  { name, isCode }: Pick<Entry, 'name' | 'isCode'>,
  weighed: Weighed,
  encoding: Account['encoding'],
  ownerOf: OwnerOf,
): Content {
  const { bytes, raw, load, modules } = weighed;
  const inside =
    modules === null
      ? null
      : modules.map((one) => moduleContent(one.id, shareOf(one, weighed, encoding), one.raw));
  // A font or a picture has no modules: nothing is unknown of it.
  const unknown = isCode ? null : [];
  const children =
    inside === null ? unknown : [...owned(inside, ownerOf), ...restOf(inside, bytes, raw)];
  return { kind: 'asset', name, version: null, bytes, raw, load, children };
}

function moduleContent(id: string, bytes: number, raw: number): Content {
  return { kind: 'module', name: id, version: null, bytes, raw, load: null, children: [] };
}

/** Packages with their modules inside, own modules by themselves. */
function owned(modules: readonly Content[], ownerOf: OwnerOf): Content[] {
  const groups = groupBy(modules, ({ name }) => ownerOf(name).key);
  return [...groups.values()].flatMap((group) => packageContent(group, ownerOf)).sort(byBytes);
}

function packageContent(modules: readonly Content[], ownerOf: OwnerOf): readonly Content[] {
  const owners = modules.map(({ name }) => ownerOf(name));
  const name = owners[0]?.package ?? null;
  if (name === null) return modules;
  const known = owners.flatMap((owner) => owner.version ?? []);
  const versions = [...new Set(known)].sort();
  const version = versions.length === 0 ? null : versions.join(', ');
  const children = modules.toSorted(byBytes);
  return [{ kind: 'package', name, version, ...sumOf(modules), load: null, children }];
}

/** What no module answers for: the bundler's own code, and what it takes to join the modules. */
function restOf(modules: readonly Content[], bytes: number, raw: number): Content[] {
  const sum = sumOf(modules);
  const rest = { bytes: bytes - sum.bytes, raw: raw - sum.raw };
  if (rest.bytes === 0 && rest.raw === 0) return [];
  return [{ kind: 'rest', name: '', version: null, ...rest, load: null, children: [] }];
}

function sumOf(contents: readonly Content[]): Pick<Content, 'bytes' | 'raw'> {
  return contents.reduce((sum, one) => ({ bytes: sum.bytes + one.bytes, raw: sum.raw + one.raw }), {
    bytes: 0,
    raw: 0,
  });
}

function byBytes(left: Content, right: Content): number {
  return right.bytes - left.bytes || (left.name < right.name ? -1 : 1);
}
