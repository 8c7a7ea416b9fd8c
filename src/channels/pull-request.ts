import type { Channel } from './channel.ts';

/** Longest line that is added beneath: the link to the run. */
const LINK_ROOM = 600;

/**
 * The comment on the pull request, with a link to the run's whole report.
 * @param room characters that the comment takes
 * @param write keeps the one comment up to date
 */
export function pullRequest(
  room: number,
  runUrl: string,
  write: (body: string) => Promise<void>,
): Channel {
  return {
    name: 'pull request',
    maxLength: room - LINK_ROOM,
    send: (text) => write(`${text}\n<sub>[The whole report](${runUrl})</sub>\n`),
  };
}
