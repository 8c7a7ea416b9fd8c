import { suggestion } from '../format/suggest.ts';
import { terminalText } from '../format/terminal.ts';
import { nodeHost } from '../host/node.ts';
import { progressBar } from '../host/progress.ts';
import { UserError } from '../model/errors.ts';
import { TOOL } from '../model/tool.ts';
import type { Console } from './command.ts';
import { type CommandRow, commands } from './index.ts';

/** A stream of the process, as far as it is used. */
export interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** The process, as the door hands it over. */
export interface Process {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Runs the command that the arguments name, and gives the exit code. */
export async function runCommand(argv: readonly string[], world: Process): Promise<number> {
  try {
    return await dispatch(argv, world);
  } catch (error) {
    world.stderr.write(errorText(error));
    return 2;
  }
}

async function dispatch(argv: readonly string[], world: Process): Promise<number> {
  const at = argv.findIndex((arg) => !arg.startsWith('-'));
  const isNamed = at === 0;
  const name = isNamed ? (argv[0] ?? '') : 'check';
  const args = isNamed ? argv.slice(1) : argv;
  if (name === 'help' || isAsked(args, '--help', '-h')) {
    await help(isNamed ? [name, ...args] : args, world);
    return 0;
  }
  if (isAsked(args, '--version', '-v')) {
    world.stdout.write(`${TOOL.version}\n`);
    return 0;
  }
  const command = await commandOf(name).load();
  const terminal = consoleOf(args, world);
  if ((await terminal.host.kind(terminal.cwd)) !== 'folder') {
    throw new UserError('no-folder', `--cwd ${cwdOption(args)}: there is no such folder.`);
  }
  return command(args, terminal);
}

/** Help for the command that is named, if it is one. */
async function help(words: readonly string[], world: Process): Promise<void> {
  const asked = words.find((word) => !word.startsWith('-') && word !== 'help') ?? null;
  if (asked !== null) commandOf(asked);
  const { helpText } = await import('./help.ts');
  world.stdout.write(helpText(asked));
}

function isAsked(args: readonly string[], ...names: string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).some((arg) => names.includes(arg));
}

function commandOf(name: string): CommandRow {
  const row = (commands as Readonly<Record<string, CommandRow>>)[name];
  if (row !== undefined && Object.hasOwn(commands, name)) return row;
  throw new UserError('unknown-command', `"${name}" is not a command.`, {
    hint: suggestion(name, Object.keys(commands)),
  });
}

function consoleOf(args: readonly string[], world: Process): Console {
  const isQuiet = args.includes('--quiet');
  const progress = world.stderr.isTTY && !isQuiet ? progressBar(world.stderr) : () => {};
  const host = nodeHost({ progress });
  return {
    host,
    cwd: host.resolve(world.cwd, cwdOption(args) ?? '.'),
    width: Math.max(60, Math.min(120, world.stdout.columns ?? 80)),
    color: hasColor(world),
    out: (text) => world.stdout.write(text),
    err: (text) => world.stderr.write(text),
  };
}

function cwdOption(args: readonly string[]): string | null {
  const inline = args.find((arg) => arg.startsWith('--cwd='));
  if (inline !== undefined) return inline.slice('--cwd='.length);
  const at = args.indexOf('--cwd');
  return at < 0 ? null : (args[at + 1] ?? null);
}

/** NO_COLOR and FORCE_COLOR as no-color.org and Node know them. */
function hasColor({ env, stdout }: Process): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** A user's mistake without a stack; anything else is ours, with all that mends it. */
function errorText(error: unknown): string {
  if (error instanceof UserError) {
    const message = error.message.split('\n').map(terminalText).join('\n');
    const hint = error.hint === null ? '' : `\n  ${terminalText(error.hint)}`;
    return `weighbridge: ${message}${hint}\n`;
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const stack = words.split('\n').map(terminalText).join('\n');
  return `weighbridge ${TOOL.version} has a bug: no report could be made.\n${stack}\nPlease report it with this text: https://github.com/weighbridge/weighbridge/issues\n`;
}
