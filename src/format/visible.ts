/** Control, format, line and paragraph separator characters: a text that has them looks like another. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

/** Foreign text with every invisible character written out: `\n`, `\u{202e}`. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(HIDDEN, (character) => {
    const short = SHORT[character];
    return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** At most `length` characters, with an ellipsis in place of the middle. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const tail = Math.floor((length - 1) / 2);
  const head = length - 1 - tail;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}
