import type { Channel } from './channel.ts';

/** GitHub's limit for the summary. Its reference says characters, its refusals say bytes. */
const LONGEST = 65_535;
const CLOSING = '\n\n</details>';

/**
 * The summary of the check run, with a link to the run's whole report.
 * @param write keeps the check run
 */
export function checkRun(runUrl: string, write: (summary: string) => Promise<void>): Channel {
  const link = `\n<sub>[The whole report](${runUrl})</sub>\n`;
  const room = LONGEST - Buffer.byteLength(link);
  return {
    name: 'check run',
    maxLength: room,
    send: (text) => write(`${cutTo(room, text)}${link}`),
  };
}

/** Whole lines of the text, as many as fit: a text within the limit may have too many bytes. */
function cutTo(room: number, text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= room) return text;
  // `stream` leaves out a character that the cut goes through.
  const cut = new TextDecoder().decode(bytes.subarray(0, room - CLOSING.length - 1), {
    stream: true,
  });
  const end = cut.lastIndexOf('\n');
  const kept = end > 0 ? cut.slice(0, end) : cut;
  const isOpen = kept.lastIndexOf('<details>') > kept.lastIndexOf('</details>');
  return `${kept}${isOpen ? CLOSING : ''}\n`;
}
