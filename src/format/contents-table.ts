import type { Content } from '../model/content.ts';
import type { Encoding } from '../model/metric.ts';
import { formatValue } from './numbers.ts';
import { drawTable, type Line } from './table.ts';
import { terminalText } from './terminal.ts';

export interface ContentsLook {
  readonly encoding: Encoding;
  /** Columns. */
  readonly width: number;
  /** Lines beneath each asset and each package; what is smaller is summed up. */
  readonly most: number;
}

/** Assets, the packages and modules in them, and their sizes, as a table on a terminal. */
export function contentsTable(contents: readonly Content[], look: ContentsLook): string {
  const whole = drawn(contents, look);
  // Only where there is no room for them whole: these are the names that can be asked about.
  return whole.includes(CUT) ? drawn(contents.map(withShortNames), look) : whole;
}

/** By what cuts the names that a table has no room for. */
const CUT = '…';

function drawn(contents: readonly Content[], { encoding, width, most }: ContentsLook): string {
  const lines = contents.flatMap((content) => linesOf(content, 0, most));
  const header = ['Inside', encoding, 'Raw', 'Loaded'] as const;
  return drawTable(
    encoding === 'raw' ? ['Inside', 'Raw', '', 'Loaded'] : header,
    encoding === 'raw' ? lines.map(withoutRaw) : lines,
    width,
    String,
  );
}

/** The modules of a package go by their paths in it, where all are of one copy. */
function withShortNames(content: Content): Content {
  const { kind, name, children } = content;
  if (children === null) return content;
  if (kind !== 'package') return { ...content, children: children.map(withShortNames) };
  const folder = `node_modules/${name}/`;
  const copies = children.map((child) => child.name.split(folder).slice(0, -1).join(folder));
  if (!children.every((child) => child.name.includes(folder)) || new Set(copies).size > 1) {
    return content;
  }
  const inFolder = (path: string) => path.slice(path.lastIndexOf(folder) + folder.length);
  const shortened = children.map((child) => ({ ...child, name: inFolder(child.name) }));
  return { ...content, children: shortened };
}

function withoutRaw(line: Line): Line {
  const [name, size, , load] = line.cells;
  return { ...line, cells: [name, size, '', load] };
}

function linesOf(content: Content, depth: number, most: number): Line[] {
  const { children } = content;
  const shown = (children ?? []).slice(0, most);
  const others = (children ?? []).slice(most);
  return [
    lineOf(nameOf(content), content, depth),
    ...shown.flatMap((child) => linesOf(child, depth + 1, most)),
    ...(others.length === 0 ? [] : [lineOf(`${others.length} smaller`, sumOf(others), depth + 1)]),
    ...(children === null ? [lineOf('no source map says what', null, depth + 1)] : []),
  ];
}

function nameOf({ kind, name, version }: Content): string {
  if (kind === 'rest') return 'of no module';
  return version === null ? name : `${name}@${version}`;
}

function sumOf(contents: readonly Content[]): Pick<Content, 'bytes' | 'raw' | 'load'> {
  const sum = (size: (content: Content) => number) =>
    contents.reduce((total, content) => total + size(content), 0);
  return { bytes: sum(({ bytes }) => bytes), raw: sum(({ raw }) => raw), load: null };
}

type Sizes = Pick<Content, 'bytes' | 'raw' | 'load'>;

function lineOf(name: string, sizes: Sizes | null, depth: number): Line {
  const size = (value: number) => formatValue(value, 'byte');
  const [bytes, raw] = sizes === null ? ['', ''] : [size(sizes.bytes), size(sizes.raw)];
  return {
    mark: ' ',
    cells: [`${'  '.repeat(depth)}${terminalText(name)}`, bytes, raw, sizes?.load ?? ''],
    paint: String,
    notes: [],
  };
}
