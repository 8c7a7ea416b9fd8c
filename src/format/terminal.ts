import { visible } from './visible.ts';

/**
 * Foreign text for a terminal and for the log of a runner: control characters written out, and
 * nothing that the runner would take for one of its commands (`::` first in a line, `##[`).
 */
export function terminalText(text: string): string {
  return visible(text).replaceAll('##[', '##\\[').replaceAll('::', ':\\:');
}

/** Columns that a text takes: East Asian wide characters and most emoji take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character.codePointAt(0) ?? 0);
  return width;
}

/** Blocks whose characters take two columns (Unicode TR11), as far as names have them. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Zero for combining marks, two for wide characters, else one. */
function columnsOf(code: number): number {
  if (code < 0x300) return 1;
  if (code === 0xfe0f || code <= 0x36f) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** Cut to a number of columns, with an ellipsis in place of the middle: both ends tell files apart. */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const characters = [...text];
  const end = fitting(characters.toReversed(), Math.floor((width - 1) / 2)).toReversed();
  const start = fitting(characters, width - 1 - textWidth(end.join('')));
  return `${start.join('')}…${end.join('')}`;
}

/** As many of the first characters as take no more than `width` columns. */
function fitting(characters: readonly string[], width: number): string[] {
  let room = width;
  const over = characters.findIndex((character) => {
    room -= textWidth(character);
    return room < 0;
  });
  return characters.slice(0, over < 0 ? undefined : over);
}

/** Whole words in lines of at most `width` columns; later lines are indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const room = lines.length === 0 ? width : width - indent.length;
    if (line !== '' && textWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join(`\n${indent}`);
}
