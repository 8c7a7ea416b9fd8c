// Measures Weighbridge side by side with its peers, goal by goal; see README.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { prepareCorpora } from './corpora.mjs';
import { buildShare } from './goals/build-share.mjs';
import { brotliUnchanged, coldBrotli, coldGzip, peakMemory, reuse } from './goals/compression.mjs';
import { loadedCode } from './goals/loaded-code.mjs';
import { moduleShares } from './goals/module-shares.mjs';
import { pageScan } from './goals/page-scan.mjs';
import { pullRequest } from './goals/pull-request.mjs';
import { sameBytes } from './goals/same-bytes.mjs';
import { oneFile, version } from './goals/start-up.mjs';
import { machine } from './machine.mjs';
import { requireTools } from './measure.mjs';
import { markdown, terminal } from './report.mjs';
import { isBuilt, versions } from './tools.mjs';

const GOALS = [
  version,
  oneFile,
  coldGzip,
  peakMemory,
  reuse,
  brotliUnchanged,
  coldBrotli,
  sameBytes,
  loadedCode,
  buildShare,
  pullRequest,
  moduleShares,
  pageScan,
];

const USAGE = `node run.mjs [options]
  --only 1,2,3     goals to measure, by number (default: all but the slow ones)
  --slow           the slow ones too: every brotli run takes half a minute or more
  --runs N         rounds of each comparison (default: 20 short, 5 long, 1 slow)
  --json FILE      everything, each single sample included
  --markdown FILE  the tables`;

async function main() {
  const options = readOptions();
  if (options.help) return console.log(USAGE);
  requireTools();
  const result = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: versions(),
    isBuilt: isBuilt(),
    corpora: prepareCorpora(),
    goals: [],
  };
  const once = memory();
  for (const goal of GOALS.filter(options.isWanted)) {
    const log = (text) => process.stderr.write(`goal ${goal.number}: ${text}\n`);
    const context = {
      corpora: result.corpora,
      runs: options.runs,
      isSlow: options.slow,
      log,
      once,
    };
    const outcome = { number: goal.number, title: goal.title, ...(await goal.run(context)) };
    result.goals.push(outcome);
    console.log(terminal(outcome));
  }
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  if (options.markdown) writeFileSync(options.markdown, markdown(result));
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      slow: { type: 'boolean', default: false },
      runs: { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',').map(Number);
  const unknown = only?.find((number) => !GOALS.some((goal) => goal.number === number));
  if (unknown !== undefined) throw new Error(`--only: there is no such goal.\n${USAGE}`);
  const given = values.runs === undefined ? null : Number(values.runs);
  if (given !== null && !(Number.isInteger(given) && given > 0)) {
    throw new Error('--runs must be a whole number above 0.');
  }
  const runs = { quick: given ?? 20, heavy: given ?? 5, slow: given ?? 1 };
  // A goal that is asked for by number is measured, slow or not.
  const isWanted = (goal) => only?.includes(goal.number) ?? (values.slow || goal.isSlow !== true);
  return { ...values, runs, isWanted };
}

/** Runs a piece of work the first time its name is seen, and remembers what came out. */
function memory() {
  const results = new Map();
  return (name, work) => {
    if (!results.has(name)) results.set(name, work());
    return results.get(name);
  };
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
