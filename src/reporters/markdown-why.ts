import { causeWords } from '../format/causes.ts';
import { codeSpan, escapeMarkdown, folded } from '../format/markdown.ts';
import { toldCauses, type Why, whysOf, whyTitle } from '../format/whys.ts';
import type { Report } from '../model/report.ts';

/** How much may be said of why. */
export interface WhyRoom {
  /** Changed assets that are listed above. */
  readonly changes: number;
  /** Budgets and assets that are explained where they are seen at once; the others are folded. */
  readonly whys: number;
  /** Causes of each, folded ones included; 0 for none at all. */
  readonly causes: number;
}

/** Causes of one budget or asset that are seen at once. */
const SEEN = 5;
/** Explanations in the folded part, for one that is seen. */
const FOLDED = 5;

/** Why it changed: the top causes of each that did, the rest folded. */
export function whyParts(report: Report, room: WhyRoom): string[] {
  if (room.causes === 0) return [];
  const whys = whysOf(report, room.changes);
  const seen = whys.slice(0, room.whys);
  const others = whys.slice(room.whys, room.whys * (1 + FOLDED));
  const more = whys.length - seen.length - others.length;
  const rest = [...others.map((why) => explained(why, room)), ...(more > 0 ? [moreOf(more)] : [])];
  const count = whys.length - seen.length;
  const title = `Why ${count} more ${count === 1 ? 'size' : 'sizes'} changed`;
  return [
    ...seen.map((why) => explained(why, room)),
    rest.length === 0 ? '' : folded(title, rest.join('\n\n')),
  ];
}

function moreOf(count: number): string {
  return `and ${count} more, in the full report`;
}

function explained(why: Why, room: WhyRoom): string {
  const title = `**${whyTitle(why, escapeMarkdown, codeSpan)}**`;
  const causes = toldCauses(why);
  const words = causes.slice(0, room.causes).map((cause) => causeWords(cause, codeSpan));
  const hidden = causes.length - words.length;
  const [first = '', ...others] = words;
  if (others.length === 0 && hidden === 0) return `${title}: ${first}.`;
  const line = (text: string) => `- ${text}`;
  const end = hidden > 0 ? [line(moreOf(hidden))] : [];
  const list = [...words.slice(0, SEEN).map(line)];
  const folding = [...words.slice(SEEN).map(line), ...end];
  if (folding.length === 0) return [`${title}:`, '', ...list].join('\n');
  const count = causes.length - list.length;
  const summary = `${count} more ${count === 1 ? 'cause' : 'causes'}`;
  return [`${title}:`, '', ...list, '', folded(summary, folding.join('\n'))].join('\n');
}
