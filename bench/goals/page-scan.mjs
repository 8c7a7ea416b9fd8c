// Goal 13: what it costs to find out what a page loads, from a build's files alone. In processes of their own,
// by CPU time with what the engine spends on compiling: the first scan, one more when the code has run, and the first where base
// knows the page and nothing has changed.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORK } from '../corpora.mjs';
import { median } from '../measure.mjs';
import { writeOurs } from '../our-sources.mjs';
import { limitValue } from '../outcome.mjs';
import { OURS } from '../tools.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A page of React, with two lazy parts: 0.2 MB of code. */
const PROJECT = join(ROOT, 'examples', 'vite');
const ROUNDS = 9;

export const pageScan = {
  number: 13,
  title: 'What a page loads, from the build alone',
  async run() {
    const script = writeScript();
    const scanned = (...more) =>
      JSON.parse(execFileSync(process.execPath, [script, PROJECT, ...more], { encoding: 'utf8' }));
    const { base } = scanned();
    const samples = Array.from({ length: ROUNDS }, () => ({
      ...scanned(),
      known: scanned(JSON.stringify(base)).first,
    }));
    const row = (what, of, atMost) =>
      limitValue(median(samples.map((sample) => sample[of])) / 1000, {
        what,
        unit: 's',
        subject: OURS,
        atMost,
      });
    return {
      rows: [
        row('CPU of one scan', 'next', 0.03),
        row('CPU of the first in a process', 'first', 0.1),
        row('CPU of the first, of a page that base knows', 'known', 0.03),
      ],
      figures: null,
      notes: [`reading the same files: ${median(samples.map(({ read }) => read)).toFixed(1)} ms`],
    };
  },
};

function writeScript() {
  const script = join(WORK, 'page-scan', 'scan.mjs');
  writeOurs(
    script,
    `import { readFileSync } from 'node:fs';
import { findPages } from './src/sources/find-pages.ts';
import { nodeHost } from './src/host/node.ts';
${MAIN}`,
  );
  return script;
}

// Files have been found before pages are looked for, as in a check.
const MAIN = `
const folder = process.argv[2];
const host = nodeHost({ progress: () => {} });
const found = await host.glob(['dist/**/*.{js,css,html}'], folder);
const paths = found.map(({ path }) => path);
const config = { folder, budgets: [], track: [] };
const reuse = JSON.parse(process.argv[3] ?? 'null');
let base = null;
const scan = async () => {
  const { pages, scans } = await findPages({ config, paths, reuse }, host);
  if (pages.length !== 1) throw new Error('no page was found in ' + folder);
  if (reuse !== null && pages[0] !== reuse.pages[0]) throw new Error('the page was scanned again');
  base = { pages, scans };
};
const cpuOf = async (task) => {
  const start = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
const first = await cpuOf(scan);
const others = [];
for (let round = 0; round < 9; round += 1) others.push(await cpuOf(scan));
const reads = [];
for (let round = 0; round < 9; round += 1)
  reads.push(await cpuOf(() => paths.map((path) => readFileSync(folder + '/' + path, 'utf8'))));
const middle = (values) => values.toSorted((left, right) => left - right)[4];
console.log(JSON.stringify({ base, first, next: middle(others), read: middle(reads) }));
`;
