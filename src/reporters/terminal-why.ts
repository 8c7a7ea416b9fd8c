import { causeWords } from '../format/causes.ts';
import { cutMiddle, terminalText, wrap } from '../format/terminal.ts';
import { toldCauses, type Why, whysOf, whyTitle } from '../format/whys.ts';
import type { Report } from '../model/report.ts';

/** How many lines there may be. */
export interface WhyLines {
  /** Changed assets that are listed above. */
  readonly changes: number;
  /** Budgets and assets that are explained. */
  readonly whys: number;
}

/** Causes of each. */
const CAUSES = 5;
const INDENT = '    ';

/** Why it changed: the top causes of each that did, right at `width` columns. */
export function whyBlock(
  report: Report,
  { changes, whys: most }: WhyLines,
  width: number,
  bold: (text: string) => string,
): string {
  const whys = whysOf(report, changes);
  const more = whys.length - most;
  const rest = more > 0 ? [`and why ${more} more changed: see --report json`] : [];
  const lines = whys
    .slice(0, most)
    .flatMap((why) => whyLines(why, { width, causes: CAUSES, bold }));
  return [...lines, ...rest].join('\n');
}

/** How one explanation is drawn. */
export interface WhyLook {
  readonly width: number;
  /** How many causes are told. */
  readonly causes: number;
  readonly bold: (text: string) => string;
}

/** A title, and a line for each cause. */
export function whyLines(why: Why, { width, causes: most, bold }: WhyLook): string[] {
  // Two names, and what is said of them, fit into a line and its continuation.
  const name = (text: string) => cutMiddle(terminalText(text), Math.floor(width / 2));
  const title = bold(wrap(whyTitle(why, name, name), width, '  '));
  const told = toldCauses(why);
  const causes = told
    .slice(0, most)
    .map((cause) => `  ${wrap(causeWords(cause, name), width - INDENT.length, INDENT)}`);
  const more = told.length - causes.length;
  const rest = more > 0 ? [`  and ${more} more`] : [];
  return [title, ...causes, ...rest];
}
