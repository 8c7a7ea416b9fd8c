import { shorten, visible } from './visible.ts';

/** Longest foreign text in a cell: a name of a megabyte is not read by anybody. */
const LONGEST = 200;
/** Breaks what GitHub would link: it is not seen, and not part of a name. */
const BREAK = '\u200b';

/**
 * Foreign text as Markdown that renders as just that text: no markup, mention, issue or link.
 * Backslash escapes are those of CommonMark 0.31; links and mentions are made by GitHub after
 * that, from the plain text, so they are broken by a character of no width.
 */
export function escapeMarkdown(text: string): string {
  return escaped(shorten(visible(text), LONGEST));
}

/** Longest sentence of our own: the words of a failed build may be in it. */
const LONGEST_SENTENCE = 2_000;

/** A sentence of ours, with names of others in it and commands in backticks. */
export function sentenceMarkdown(text: string): string {
  return shorten(visible(text), LONGEST_SENTENCE)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? codeSpan(part.slice(1, -1)) : escaped(part)))
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_~[\]|!$]/g, (character) => `\\${character}`)
    .replaceAll(/@(?=\w)/g, `@${BREAK}`)
    .replaceAll(/#(?=\w)/g, `#${BREAK}`)
    .replaceAll(/\bGH-(?=\d)/gi, (match) => `${match}${BREAK}`)
    .replaceAll(/:(?=[\w+-]+:)/g, `:${BREAK}`)
    .replaceAll(/:(?=\/\/)/g, `:${BREAK}`)
    .replaceAll(/\bwww\./gi, (match) => `${match.slice(0, 3)}${BREAK}.`)
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, (match) => `${match.slice(0, 3)}${BREAK}${match.slice(3)}`);
}

/**
 * Foreign text as code, in a table cell or out of one. Renderers of tables do not agree on what
 * `\\|` in a code span is, so what a span cannot hold safely is written as entities.
 */
export function codeSpan(text: string): string {
  const shown = shorten(visible(text), LONGEST);
  if (/^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/.test(shown)) return `\`${shown}\``;
  const entities = shown.replaceAll(
    /[^\p{L}\p{N} ./-]/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
  return `<code>${entities}</code>`;
}

/** A table; cells are Markdown already, without newlines. `---:` aligns right. */
export function markdownTable(
  header: readonly string[],
  align: readonly ('left' | 'right')[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  const rule = `|${align.map((side) => (side === 'right' ? '--:' : '---')).join('|')}|`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/** A folded part with a summary that is Markdown already. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
