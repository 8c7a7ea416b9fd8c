// Our `import` subject beside size-limit's esbuild preset, on three libraries:
//
//   node import-cost.mjs [--cli PATH]
//
// size-limit bundles a file that imports the names and logs them, so its figures hold that much more. Exit code 1
// where the two are further apart than that.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUDGETS = 'import-cost.budgets.json';
/** Bytes of gzip that importing and logging some names takes, and re-exporting them does not. */
const OVERHEAD = 40;

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
  const rows = budgets.map(({ name }) => [name, rowOf(ours.get(name), theirs.get(name))]);
  console.table(Object.fromEntries(rows));
  return rows.every(([, { agrees }]) => agrees) ? 0 : 1;
}

function rowOf(weighbridge, sizeLimit) {
  const apart = sizeLimit - weighbridge;
  return { weighbridge, 'size-limit': sizeLimit, apart, agrees: apart >= 0 && apart <= OVERHEAD };
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
