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

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = NO_REPORT;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  },
);
