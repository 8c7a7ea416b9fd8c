import { UserError } from '../model/errors.ts';

/** A place in a text; both are 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What the parser says, at an offset of the text. */
export interface SyntaxFault {
  readonly offset: number;
  /** `CommaExpected` */
  readonly code: string;
}

/** More would only be what follows from the first ones. */
const SHOWN = 10;

/**
 * What is wrong with a text that is not JSON: the first error of each line, as the others of a line
 * mostly follow from it.
 */
export function syntaxError(
  file: string,
  text: string,
  errors: readonly SyntaxFault[],
  placeOf: (offset: number) => Place,
): UserError {
  if (/^<{7} /m.test(text) && /^>{7} /m.test(text)) return unmerged(file, text, placeOf);
  const faults = errors.map((error) => ({ error, at: placeOf(error.offset) }));
  const first = faults.filter(
    ({ at }, index) => faults.findIndex((other) => other.at.line === at.line) === index,
  );
  const lines = first.slice(0, SHOWN).map(({ error, at }) => ({
    where: `${file}:${at.line}:${at.column}: ${syntaxWords(error)}.`,
    advice: quotesAdvice(text, error.offset),
  }));
  const [only, ...others] = lines;
  if (only === undefined) return faulty(`${file}:1:1: is empty.`, PLAIN_HINT);
  if (others.length === 0) return faulty(only.where, only.advice ?? PLAIN_HINT);
  const told = lines.map(({ where, advice }) => (advice === null ? where : `${where} ${advice}`));
  return faulty(told.join('\n'), PLAIN_HINT);
}

const PLAIN_HINT = 'The file is JSON; comments and trailing commas are fine.';

function faulty(message: string, hint: string): UserError {
  return new UserError('config-invalid', message, { hint });
}

function unmerged(file: string, text: string, placeOf: (offset: number) => Place): UserError {
  const { line, column } = placeOf(text.search(/^<{7} /m));
  const what = `${file}:${line}:${column}: is in the middle of a merge.`;
  return faulty(what, 'Resolve the conflict: choose a side, and remove its marks.');
}

function quotesAdvice(text: string, offset: number): string | null {
  const bare = bareAmount(text, offset);
  return bare === null ? null : `Put it in quotes: "${bare}".`;
}

/** A value with a unit that stands at an offset without quotes: `100kB`, `5%`; else null. */
function bareAmount(text: string, offset: number): string | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start).split('\n', 1)[0] ?? '';
  const amounts = line.matchAll(/(?<=[:[,]\s*)\d+(?:\.\d+)? ?(?:[a-z]+(?:\/s)?|%|\/s)/gi);
  const found = [...amounts].find(
    ({ index, 0: { length } }) => start + index <= offset && offset <= start + index + length,
  );
  return found?.[0] ?? null;
}

/** `CommaExpected` as words: "comma expected". */
function syntaxWords({ code }: SyntaxFault): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
