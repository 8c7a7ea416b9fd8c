import type { Channel } from './channel.ts';

/** Standard output, which holds reports and nothing else. */
export function stdout(write: (text: string) => void): Channel {
  return {
    name: 'stdout',
    maxLength: Number.POSITIVE_INFINITY,
    send: async (text) => write(text),
  };
}
