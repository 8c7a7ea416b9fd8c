import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { findConfig } from './find.ts';
import { isCode, type ParsedConfig, parseFile } from './parse.ts';
import type { Problem } from './problem.ts';
import { readConfig } from './read.ts';

export interface LoadRules {
  /** False where the file may be somebody else's: only JSON is read then. */
  readonly isCodeAllowed: boolean;
}

/**
 * Finds, parses and checks a budgets file.
 * @param named the file that `--config` names, or null to look in `cwd`
 * @throws UserError `no-config`, `config-invalid` with every problem of the file
 */
export async function loadConfig(
  named: string | null,
  cwd: string,
  host: Host,
  { isCodeAllowed }: LoadRules = { isCodeAllowed: true },
): Promise<Config> {
  const file = await findConfig(named, cwd, host);
  if (!isCodeAllowed && isCode(file)) {
    throw new UserError(
      'config-is-code',
      `${file.shown} is code, which is not run in a privileged event.`,
      {
        hint: 'Write the budgets as budgets.json.',
      },
    );
  }
  const parsed = await parseFile(file, host);
  const { config, problems } = readConfig(parsed);
  if (config !== null && problems.length === 0) return config;
  const lines = problems
    .toSorted((left, right) => (parsed.line(left.path) ?? 0) - (parsed.line(right.path) ?? 0))
    .map((one) => problemText(one, parsed));
  throw new UserError('config-invalid', lines.join('\n'), {
    hint:
      lines.length > 1 ? `${lines.length} problems in ${parsed.file}; nothing was measured.` : null,
  });
}

/** `budgets.json:12:5 budgets[2].metric: "size.brotil" is not a metric. Did you mean ...` */
function problemText({ path, what, hint }: Problem, parsed: ParsedConfig): string {
  const where = `${parsed.file}${parsed.locate(path)} ${parsed.showPath(path)}`.trimEnd();
  return `${where}: ${what}.${hint === null ? '' : ` ${hint}`}`;
}
