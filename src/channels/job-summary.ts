import type { Channel } from './channel.ts';

/**
 * The summary of a job. The runner takes 1 MiB of UTF-8; a character has four bytes at most.
 * @param append writes to the end of the step's summary
 */
export function jobSummary(append: (text: string) => Promise<void>): Channel {
  return { name: 'job summary', maxLength: 250_000, send: append };
}
