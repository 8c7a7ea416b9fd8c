// Our `import` subject beside size-limit's esbuild preset, on three libraries:
//
//   node import-cost.mjs [--cli PATH]
//
// Both bundle a file that imports the names and logs them. size-limit then takes off what such a file is without
// any library, and keeps the wrapping of a script where we have a module: exit code 1 where the two are further apart
// than that.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUDGETS = 'import-cost.budgets.json';
/** Bytes of gzip, from @size-limit/esbuild 12.1.0: `ESBUILD_EMPTY_PROJECT_IMPORT_GZIP`, and with something ignored. */
const EMPTY = 46;
const EMPTY_WITH_IGNORED = 182;
/** Peer dependencies, which we find in the library's own package.json and size-limit in that of the working directory. */
const PEERS = { zustand: ['react'] };

const { values } = parseArgs({
  options: { cli: { type: 'string', default: join(HERE, '../../dist/cli.js') } },
});

const scratch = mkdtempSync(join(tmpdir(), 'import-cost-'));
try {
  process.exitCode = main(values.cli);
} finally {
  rmSync(scratch, { recursive: true });
}

function main(cli) {
  const { budgets } = JSON.parse(readFileSync(join(HERE, BUDGETS), 'utf8'));
  const [ours, theirs] = [oursOf(cli, budgets), theirsOf(budgets)];
  const rows = budgets.map(({ name }) => [name, rowOf(name, ours.get(name), theirs.get(name))]);
  console.table(Object.fromEntries(rows));
  return rows.every(([, { agrees }]) => agrees) ? 0 : 1;
}

function rowOf(name, weighbridge, sizeLimit) {
  const overhead = PEERS[name] === undefined ? EMPTY : EMPTY_WITH_IGNORED;
  const apart = sizeLimit - weighbridge;
  const agrees = Math.abs(apart) <= overhead;
  return { weighbridge, 'size-limit': sizeLimit, apart, overhead, agrees };
}

/** Bytes of gzip by name, from the findings: one budget, one number. */
function oursOf(cli, budgets) {
  const report = join(scratch, 'report.json');
  run([cli, 'check', '--config', BUDGETS, '--base', 'none', '--report', `json=${report}`]);
  const { findings } = JSON.parse(readFileSync(report, 'utf8')).verdict;
  return new Map(
    budgets.map(({ name }) => [name, findings.find(({ budget }) => budget === name)?.actual]),
  );
}

function theirsOf(budgets) {
  const config = join(HERE, '.size-limit.import-cost.json');
  const checks = budgets.map(({ name, import: names, from }) => ({
    name,
    path: from,
    import: names,
    ignore: PEERS[name] ?? [],
    gzip: true,
  }));
  writeFileSync(config, JSON.stringify(checks));
  try {
    const stdout = run(['node_modules/size-limit/bin.js', '--json', '--config', config]);
    return new Map(JSON.parse(stdout).map(({ name, size }) => [name, size]));
  } finally {
    rmSync(config);
  }
}

function run(parameters) {
  return execFileSync(process.execPath, parameters, { cwd: HERE, encoding: 'utf8' });
}
