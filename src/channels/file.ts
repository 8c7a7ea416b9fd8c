import type { Host } from '../model/host.ts';
import type { Channel } from './channel.ts';

/** A file, written whole or not at all. */
export function file(path: string, host: Pick<Host, 'write'>): Channel {
  return {
    name: path,
    maxLength: Number.POSITIVE_INFINITY,
    send: (text) => host.write(path, text),
  };
}
