// The command line under test, and what it leaves: a snapshot of each build, a report on each pair.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Measures a build. @returns where the snapshot is, and what it holds */
export function measure(cli, project) {
  const config = writeBudgets(project);
  const path = join(project, 'score/snapshot.json');
  run(cli, project, ['measure', '--config', config, '--save', path, '--quiet']);
  return { path, snapshot: JSON.parse(readFileSync(path, 'utf8')) };
}

/** What is said of head beside base, as JSON. */
export function compare(cli, project, base, head) {
  const path = join(project, 'score/report.json');
  run(cli, project, ['compare', base, head, '--report', `json=${path}`, '--quiet']);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Where a project's output is, and the page that it has: of Next, as it keeps it for its own server. */
export function outputOf(project) {
  return existsSync(join(project, '.next'))
    ? { dist: '.next', files: '.next/static/**', page: '.next/server/app/index.html' }
    : { dist: 'dist', files: 'dist/**', page: 'dist/index.html' };
}

// Limits that nothing breaks: what is scored is not the verdict.
function writeBudgets(project) {
  const { files, page } = outputOf(project);
  const budgets = {
    project: 'ledger',
    track: [`${files}/*.{js,css,html,png,woff2}`],
    encodings: ['gzip'],
    budgets: [
      { name: 'All script', files: `${files}/*.js`, max: '10 MB' },
      { name: 'Page', page, types: ['script', 'stylesheet'], max: '10 MB' },
    ],
  };
  mkdirSync(join(project, 'score'), { recursive: true });
  writeFileSync(join(project, 'budgets.json'), `${JSON.stringify(budgets, null, 2)}\n`);
  return join(project, 'budgets.json');
}

// 1 is a finding that fails, which is a report all the same; 2 is none.
function run(cli, cwd, parameters) {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...parameters], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  if (status !== 0 && status !== 1) throw new Error(`${parameters[0]} in ${cwd}: ${stderr}`);
}
