import { projectOf } from '../core/project-of.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { type ConfigFile, findConfig, findConfigs } from './find.ts';
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
  return readFile(await findConfig(named, cwd, host), { isCodeAllowed }, host);
}

/**
 * Finds, parses and checks several budgets files, one for each project.
 * @param named files and globs, as `--config` takes them; empty to look in `cwd`
 * @returns at least one, by path
 * @throws UserError `no-config`, `config-invalid` with every problem of all files, `same-project`
 */
export async function loadConfigs(
  named: readonly string[],
  cwd: string,
  host: Host,
  rules: LoadRules = { isCodeAllowed: true },
): Promise<readonly Config[]> {
  const files = await findConfigs(named, cwd, host);
  const configs: Config[] = [];
  const faults: UserError[] = [];
  for (const file of files) {
    try {
      configs.push(await readFile(file, rules, host));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw allOf(faults);
  if (configs.length > 1) await refuseTwins(configs, host);
  return configs;
}

/** Every problem of every file at once: they are mended together. */
function allOf(faults: readonly UserError[]): UserError {
  const [first, ...others] = faults;
  if (first !== undefined && others.length === 0) return first;
  const lines = faults.map(({ message, hint }) =>
    hint === null ? message : `${message}\n${hint}`,
  );
  const hint = `${faults.length} budgets files cannot be used; nothing was measured.`;
  return new UserError('config-invalid', lines.join('\n'), { hint });
}

/** Records, comments and checks go by the project: two files of one would be taken for each other. */
async function refuseTwins(configs: readonly Config[], host: Host): Promise<void> {
  const seen = new Map<string, Config>();
  for (const config of configs) {
    const checkout = await host.checkout(config.folder);
    const project = projectOf(config, checkout);
    const twin = seen.get(project);
    if (twin !== undefined) {
      const what = `${twin.file} and ${config.file} are both of the project "${project}".`;
      const unsaid = checkout === null ? NO_CHECKOUT : 'by default it is the folder of the file';
      const hint = `Give each a \`project\` of its own: ${unsaid}.`;
      throw new UserError('same-project', what, { hint });
    }
    seen.set(project, config);
  }
}

const NO_CHECKOUT =
  'by default it is the folder of the file from the root of its git checkout, and this is no git checkout';

async function readFile(
  file: ConfigFile,
  { isCodeAllowed }: LoadRules,
  host: Host,
): Promise<Config> {
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
  const { config, problems } = await readConfig(parsed);
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
