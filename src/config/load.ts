import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { findConfig } from './find.ts';
import { parseFile } from './parse.ts';
import { readConfig } from './read.ts';

/**
 * Finds, parses and checks a budgets file.
 * @param named the file that `--config` names, or null to look in `cwd`
 * @throws UserError `no-config`, `config-invalid` with every problem of the file
 */
export async function loadConfig(named: string | null, cwd: string, host: Host): Promise<Config> {
  const file = await findConfig(named, cwd, host);
  const parsed = await parseFile(file, host);
  const { config, problems } = readConfig(parsed);
  if (config !== null && problems.length === 0) return config;
  const lines = problems.map(({ path, what, hint }) => {
    const where = [parsed.locate(path), parsed.showPath(path)].filter((part) => part !== '');
    return `${[parsed.file, ...where].join(' ').replace(`${parsed.file} :`, `${parsed.file}:`)}: ${what}.${hint === null ? '' : ` ${hint}`}`;
  });
  throw new UserError('config-invalid', lines.join('\n'), {
    hint:
      lines.length > 1 ? `${lines.length} problems in ${parsed.file}; nothing was measured.` : null,
  });
}
