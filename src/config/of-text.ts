import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { loadConfig } from './load.ts';

/**
 * A budgets file that is not there, by its text; null for one that is code, or that cannot be used.
 * @param path absolute; where it would be
 */
export async function configOfText(
  path: string,
  text: string,
  cwd: string,
  host: Host,
): Promise<Config | null> {
  const isIt = (asked: string) => host.resolve(asked) === path;
  const there: Host = {
    ...host,
    kind: async (asked) => (isIt(asked) ? 'file' : null),
    read: async (asked) => (isIt(asked) ? new TextEncoder().encode(text) : null),
  };
  try {
    return await loadConfig(path, cwd, there, { isCodeAllowed: false });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
