import { codeEnd } from '../core/code-end.ts';
import type { SourceText } from '../core/lean-map.ts';
import { mappedSpans } from '../core/mapped-spans.ts';
import { canonicalId, type IdPlace } from '../core/module-id.ts';
import { type MapSection, sourceMapSections } from '../core/source-map.ts';
import type { Spans } from '../core/span-writer.ts';
import type { Host } from '../model/host.ts';
import { findSourceMap, type MappedAsset } from './source-map-file.ts';

/** What a source map says of an asset. */
export type Opened =
  | {
      readonly kind: 'opened';
      /** Of modules, each once; the owners in `spans` are their indexes. */
      readonly ids: readonly string[];
      readonly spans: Spans;
      /** What modules say, by id, as far as the map holds it. */
      readonly texts: ReadonlyMap<string, SourceText>;
    }
  /** There is no map; one that is named is not there; it is no map. */
  | { readonly kind: 'none' | 'missing' | 'broken' };

/** Opens an asset by its source map, whoever wrote it. */
export async function openSourceMap(asset: MappedAsset, host: Host): Promise<Opened> {
  const found = await findSourceMap(asset, host);
  if (found.kind !== 'found') return found;
  const sections = sourceMapSections(found.bytes);
  if (sections === null) return { kind: 'broken' };
  const end = codeEnd(asset.code, found.comment);
  const named = nameSources(sections, { root: asset.root, folder: found.folder });
  const spans = mappedSpans({ code: asset.code, end, sections }, named.owners);
  if (spans === null) return { kind: 'broken' };
  const { owners: _, ...names } = named;
  return { kind: 'opened', spans, ...names };
}

/** Sources that have one name are one module: sections repeat them, and so do queries. */
function nameSources(sections: readonly MapSection[], place: IdPlace) {
  const indexes = new Map<string, number>();
  const texts = new Map<string, SourceText>();
  const ofContext = { ...place, folder: place.root };
  const ownerOf = (source: string | null, text: SourceText | null, from: IdPlace): number => {
    const id = source === null ? null : canonicalId(source, from);
    if (id === null) return -1;
    if (text !== null) texts.set(id, text);
    const index = indexes.get(id) ?? indexes.size;
    indexes.set(id, index);
    return index;
  };
  const owners = sections.map(({ sources, contents, isOfContext }) => {
    const from = isOfContext ? ofContext : place;
    return Int32Array.from(sources, (source, at) => ownerOf(source, contents[at] ?? null, from));
  });
  return { ids: [...indexes.keys()], owners, texts };
}
