import { Tokenizer } from 'htmlparser2';
import type { Attributes } from './html-elements.ts';

/** What is read of an HTML text, in its order. Names are in lower case. */
export interface HtmlReader {
  open(name: string, attributes: Attributes): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * Reads the tags of an HTML text. Tokens only: the tree that htmlparser2's own parser keeps of open
 * elements takes time by the square of their number, and nothing here depends on it.
 */
export function readHtml(html: string, reader: HtmlReader): void {
  let name = '';
  let key = '';
  let value: string[] = [];
  let attributes: Record<string, string> = {};
  const piece = (start: number, end: number) => html.slice(start, end);
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (start, end) => {
        name = piece(start, end).toLowerCase();
        // Names may be those of what every object has.
        attributes = Object.create(null) as Record<string, string>;
      },
      onattribname: (start, end) => {
        key = piece(start, end).toLowerCase();
        value = [];
      },
      onattribdata: (start, end) => value.push(piece(start, end)),
      onattribentity: (code) => value.push(String.fromCodePoint(code)),
      onattribend: () => {
        // The first of its name counts.
        attributes[key] ??= value.join('');
      },
      onopentagend: () => reader.open(name, attributes),
      onselfclosingtag: () => reader.open(name, attributes),
      onclosetag: (start, end) => reader.close(piece(start, end).toLowerCase()),
      ontext: (start, end) => reader.text(piece(start, end)),
      ontextentity: (code) => reader.text(String.fromCodePoint(code)),
      oncomment: () => {},
      oncdata: () => {},
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
