import { type LeanMap, leanMap, type SourceText } from './lean-map.ts';

/** A part of a source map that has mappings of its own. */
export interface MapSection {
  /** Where it starts in the generated code, from 0; columns are UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** With `sourceRoot` before them; null where the map names none. */
  readonly sources: readonly (string | null)[];
  /** What the sources say, by index; null where the map does not hold it. */
  readonly contents: readonly (SourceText | null)[];
  readonly mappings: string;
  /** True where sources are seen from the folder that the bundler ran in, not from the map's. */
  readonly isOfContext: boolean;
}

/** Sections in sections: nobody writes them, and a stack has an end. */
const DEEPEST = 8;

/**
 * The mappings of a source map, its sections side by side in their order.
 * Source: ECMA-426, "Source map format".
 * @param bytes of the file
 * @returns null where it is no source map of version 3
 */
export function sourceMapSections(bytes: Uint8Array): MapSection[] | null {
  const { text, contents } = leanMap(bytes);
  const map = parsed(text);
  const into = { sections: [], contents };
  return isObject(map) && addSections(map, { line: 0, column: 0 }, into, 0) ? into.sections : null;
}

interface Collected {
  readonly sections: MapSection[];
  readonly contents: LeanMap['contents'];
}

type Fields = Readonly<Record<string, unknown>>;
interface Offset {
  readonly line: number;
  readonly column: number;
}

/** A first line that keeps it from being run as a script is no part of it. */
function parsed(text: string): unknown {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const guard = text.startsWith(')]}', start) ? text.indexOf('\n') + 1 : start;
  try {
    return JSON.parse(guard === 0 ? text : text.slice(guard)) as unknown;
  } catch {
    return null;
  }
}

function addSections(map: Fields, at: Offset, into: Collected, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (map.sections === undefined) return addMappings(map, at, into);
  if (!Array.isArray(map.sections)) return false;
  return map.sections.every((section: unknown) => {
    if (!isObject(section) || !isObject(section.offset) || !isObject(section.map)) return false;
    const { line, column } = section.offset;
    if (!isPlace(line) || !isPlace(column)) return false;
    const start = { line: at.line + line, column: (line === 0 ? at.column : 0) + column };
    return addSections(section.map, start, into, depth + 1);
  });
}

function addMappings(map: Fields, at: Offset, into: Collected): boolean {
  const { version, file, sources, sourcesContent, sourceRoot, mappings } = map;
  // Some write it as text.
  if (Number(version) !== 3 || typeof mappings !== 'string' || !Array.isArray(sources))
    return false;
  const prefix = typeof sourceRoot === 'string' ? sourceRoot.replace(/(?<=[^/])$/, '/') : '';
  into.sections.push({
    ...at,
    sources: sources.map((source: unknown) => withRoot(textOrNull(source), prefix)),
    contents: contentsOf(sourcesContent, into.contents),
    mappings,
    // Parcel: it alone calls the map itself the file, and its sources are the project's paths.
    isOfContext: typeof file === 'string' && file.endsWith('.map') && prefix === '',
  });
  return true;
}

/** A list that has been cut out, or one that could not be: there is something else in it than texts. */
function contentsOf(list: unknown, cut: LeanMap['contents']): readonly (SourceText | null)[] {
  if (typeof list === 'number') return cut[list] ?? [];
  if (!Array.isArray(list)) return [];
  return list.map((text: unknown) => (typeof text === 'string' ? () => text : null));
}

function withRoot(source: string | null, prefix: string): string | null {
  if (source === null || prefix === '' || prefix === '/') return source;
  return /^(?:\/|[a-z][a-z\d+.-]*:)/i.test(source) ? source : prefix + source;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
