/** Control, bidirectional and other invisible characters, which make a text look like another. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Foreign text with every invisible character written out: `\n`, `\u{202e}`. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(HIDDEN, (character) => {
    const short = SHORT[character];
    return short ?? `\\u{${character.charCodeAt(0).toString(16)}}`;
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
