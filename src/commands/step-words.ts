import { terminalText } from '../format/terminal.ts';

/** What an error says, safe in a log. */
export function wordsOf(error: unknown): string {
  return terminalText(error instanceof Error ? error.message : String(error));
}
