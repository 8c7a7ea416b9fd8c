import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/** GitHub-flavoured Markdown as elements; raw HTML is kept, so that what slips through is seen. */
export function rendered(text: string): Node {
  const html = micromark(text, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return parseFragment(html);
}

export function nodesOf(node: Node): Node[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return [node, ...children.flatMap(nodesOf)];
}

/** Text outside of code, where GitHub looks for mentions, issues, commits and links. */
export function proseOf(node: Node): string {
  if (node.nodeName === 'code') return '';
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
  return ('childNodes' in node ? node.childNodes : []).map(proseOf).join('');
}

/** Where links lead, in the order of the text. */
export function linksOf(node: Node): (string | undefined)[] {
  return nodesOf(node).flatMap((one) =>
    one.nodeName === 'a' && 'attrs' in one
      ? [one.attrs.find(({ name }) => name === 'href')?.value]
      : [],
  );
}

/** What GitHub would make a mention, a link, an issue, a commit or a picture of. */
export const LINKED = /@\w|#\d|GH-\d|https?:\/\/|www\.|:tada:|\b[0-9a-f]{40}\b/i;

/** The elements in Markdown that we do not write. */
export function foreignElements(node: Node): string[] {
  const names = new Set(nodesOf(node).map(({ nodeName }) => nodeName));
  return [...names].filter((name) => !OURS.includes(name));
}

const OURS = [
  '#document-fragment',
  '#text',
  '#comment',
  'h3',
  'h4',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'strong',
  'code',
  'p',
  'ul',
  'li',
  'details',
  'summary',
  'sub',
  'em',
];
