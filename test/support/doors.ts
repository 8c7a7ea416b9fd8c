import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/commands/run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs the command line in a folder. */
export type Door = (cwd: string, args: readonly string[], env?: Environment) => Promise<Ran>;

/** The command as it is in `src`, with streams that are no terminal. */
export const fromSource: Door = async (cwd, args, env = {}) => {
  const [stdout, stderr] = [collector(), collector()];
  const code = await runCommand(args, { cwd, env, stdout, stderr });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
};

/** What is published: `dist/cli.js`, in a process of its own. */
export const fromDist: Door = (cwd, args, env = {}) => {
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const options = { cwd, env: { PATH: process.env.PATH ?? '', ...env }, maxBuffer: 64 * 2 ** 20 };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      resolve({ code, stdout, stderr });
    });
  });
};

export const DOORS: readonly (readonly [name: string, run: Door])[] = [
  ['src', fromSource],
  ['dist/cli.js', fromDist],
];

/** A stream that keeps what is written to it. */
export function collector(terminal: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
  const parts: string[] = [];
  const write = (text: string) => parts.push(text);
  return { ...terminal, write, text: () => parts.join('') };
}
