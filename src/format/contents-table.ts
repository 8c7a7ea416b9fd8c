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
  const { encoding, width, most } = look;
  const lines = contents.flatMap((content) => linesOf(content, 0, most));
  const header = ['Inside', encoding, 'Raw', 'Loaded'] as const;
  return drawTable(
    encoding === 'raw' ? ['Inside', 'Raw', '', 'Loaded'] : header,
    encoding === 'raw' ? lines.map(withoutRaw) : lines,
    width,
    String,
  );
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
