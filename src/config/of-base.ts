import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { loadConfig } from './load.ts';

/**
 * The budgets file of a base that was built anew, by the name that head's has, or where it is
 * looked for. Null where there is none, or none that this version can read: base has no limits then.
 * @param head head's, whose path is the same from its own folder
 */
export async function configOfBase(
  head: Config,
  folder: string,
  host: Host,
): Promise<Config | null> {
  const name = head.file.slice(head.file.lastIndexOf('/') + 1);
  for (const named of [name, null]) {
    try {
      return await loadConfig(named, folder, host);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return null;
}
