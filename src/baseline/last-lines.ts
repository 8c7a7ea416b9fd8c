import { stripVTControlCharacters } from 'node:util';
import { terminalText } from '../format/terminal.ts';
import { shorten } from '../format/visible.ts';

/** Characters of one line: minified code in an error message has thousands. */
const LONGEST = 300;

/** The last lines of a program's output that say something, as text without colors. */
export function lastLines(output: string, count: number): string[] {
  return stripVTControlCharacters(output)
    .split('\n')
    .map(lastState)
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => shorten(terminalText(line), LONGEST));
}

/** What a line shows in the end that was written over again and again, as progress is. */
function lastState(line: string): string {
  const states = line.trimEnd().split('\r');
  return states.at(-1) ?? '';
}

/** Keeps the end of a text that comes in parts, however long it gets. */
export function keepEnd(length: number): { add(text: string): void; text(): string } {
  let kept = '';
  return {
    add: (text) => {
      kept = (kept + text).slice(-length);
    },
    text: () => kept,
  };
}
