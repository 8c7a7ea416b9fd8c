// Scores the command line on builds whose causes are declared, from its JSON alone:
//
//   node score.mjs OUT [--bundler NAME]... [--variant NAME]... [--cli PATH] [--details]
//
// Exit code 1 below the targets: 99 % of the declared causes named, no other of more than 150 B, nothing said
// of the same source built again, no wrong pair, no page that loads something else.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUNDLERS } from './bundlers/index.mjs';
import { rearrangedBetween } from './facts/keys.mjs';
import { browserPath, requestsOf } from './score/browser.mjs';
import { scoreCauses } from './score/causes.mjs';
import { compare, measure, outputOf } from './score/command-line.mjs';
import { scorePage, scoreRequests } from './score/pages.mjs';
import { scorePairs } from './score/pairs.mjs';
import { printScore } from './score/table.mjs';
import { VARIANTS } from './variants.mjs';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** Variants whose pages load other chunks than the base's. */
const OPENED = ['base', 'lazy-to-initial', 'initial-to-lazy', 'add-package'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bundler: { type: 'string', multiple: true, default: Object.keys(BUNDLERS) },
    variant: { type: 'string', multiple: true, default: Object.keys(VARIANTS) },
    cli: { type: 'string', default: CLI },
    details: { type: 'boolean', default: false },
  },
});

if (positionals[0] === undefined) {
  console.error('Usage: node score.mjs OUT [--bundler NAME]... [--variant NAME]... [--cli PATH]');
  process.exitCode = 2;
} else {
  process.exitCode = await main(resolve(positionals[0]), values);
}

async function main(out, { bundler, variant, cli, details }) {
  const rows = [];
  for (const name of bundler) {
    const base = await scored(resolve(cli), join(out, name, 'base'), name, 'base', null);
    for (const one of variant.filter((each) => each !== 'base')) {
      const project = join(out, name, one);
      rows.push((await scored(resolve(cli), project, name, one, base)).row);
    }
    rows.push(base.row);
  }
  return printScore(rows, { details }) ? 0 : 1;
}

/** A build's snapshot and facts, and a row on what was said of it. */
async function scored(cli, project, bundler, variant, base) {
  const row = {
    bundler,
    variant,
    version: null,
    causes: null,
    pairs: null,
    page: [],
    browser: null,
  };
  if (!existsSync(join(project, 'facts.json'))) return { row: { ...row, failed: 'not built' } };
  const facts = JSON.parse(readFileSync(join(project, 'facts.json'), 'utf8'));
  const { dist, page: path } = outputOf(project);
  try {
    const { path: saved, snapshot } = measure(cli, project);
    const page = snapshot.pages?.find((one) => one.path === path);
    const head = { saved, snapshot, facts };
    const isOpened = OPENED.includes(variant) && browserPath() !== undefined;
    const browser = isOpened ? await opened(project, page) : null;
    const whole = { ...row, version: facts.version, page: scorePage(page, facts, dist), browser };
    if (base === null) return { ...head, row: whole };
    const report = compare(cli, project, base.saved, saved);
    return { ...head, row: { ...whole, ...said(report, base, head, dist, variant) } };
  } catch (error) {
    return { row: { ...row, version: facts.version, failed: error.message } };
  }
}

async function opened(project, page) {
  const { dist, page: path } = outputOf(project);
  const prefix = dist === '.next' ? '/_next/' : '/';
  const place = { dist: join(project, dist), page: join(project, path), prefix };
  return scoreRequests(page, await requestsOf(browserPath(), place), dist);
}

function said(report, base, head, dist, variant) {
  const changes = report.comparison.changes.filter(
    ({ kind, delta }) => kind !== 'kept' || delta !== 0,
  );
  const noise = variant === 'same-again' ? [...changes, ...report.causes] : [];
  return {
    causes: scoreCauses(report, VARIANTS[variant], rearrangedBetween(base.facts, head.facts)),
    pairs: scorePairs(report, base, head, dist),
    noise,
  };
}
