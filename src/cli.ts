#!/usr/bin/env node
import { outputTo } from './host/output.ts';
import { TOOL } from './model/tool.ts';

/** Exit codes: 0 no finding fails, 1 one does, 2 no report could be made. */
const NO_REPORT = 2;

async function main(argv: readonly string[]): Promise<number> {
  const stdout = outputTo(1, () => process.stdout);
  if (argv[0] === '--version') {
    stdout.write(`${TOOL.version}\n`);
    return 0;
  }
  const { runCommand } = await import('./commands/run.ts');
  return runCommand(argv, {
    cwd: process.cwd(),
    env: process.env,
    stdout,
    stderr: outputTo(2, () => process.stderr),
  });
}

/** No report could be made; by itself Node would end with 1, which says that a budget is broken. */
function fail(error: unknown): void {
  process.exitCode = NO_REPORT;
  process.stderr.write(`${wordsOf(error)}\n`);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (syscall !== 'write') return error.stack ?? error.message;
  return `weighbridge: The output cannot be written: ${code}.`;
}

// What a stream or a callback throws reaches no promise: a full disk behind `> report.json`.
process.on('uncaughtException', fail);
main(process.argv.slice(2)).then((code) => {
  process.exitCode ??= code;
}, fail);
