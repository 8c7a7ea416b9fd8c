// Goal 11: a whole pull-request job, from installing to the verdict: base from a stored record, against
// the way without a store, which installs and builds base as well. The same tool judges in both.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectOf } from '../corpora.mjs';
import { interleave, measure } from '../measure.mjs';
import { compare, figuresOf } from '../outcome.mjs';
import { DIST, isBuilt } from '../tools.mjs';
import { ENCODINGS, prepareProject } from './build-share.mjs';

// From npm's cache, which a job on a runner has restored: the network is not what is compared.
const INSTALL = 'npm install --offline --silent --ignore-scripts --no-package-lock';
const BUILD = 'node node_modules/vite/bin/vite.js build --outDir corpus --emptyOutDir';
const CLI = join(DIST, 'cli.js');

const BUDGETS = {
  track: ['corpus/**/*.{js,css,html}'],
  encodings: ENCODINGS,
  budgets: [{ name: 'Script', files: 'corpus/**/*.js', max: '10 MB', maxIncrease: '5 MB' }],
};

export const pullRequest = {
  number: 11,
  title: 'A whole pull-request job: a stored baseline against building base too',
  async run({ runs, log }) {
    if (!isBuilt()) return { rows: [], figures: null, notes: ['Our command line is not built.'] };
    const project = prepareRepository();
    const stored = job('stored baseline', project, {
      before: 'true',
      check: `node ${CLI} check`,
    });
    const twice = job('base installed and built too', project, {
      before: 'rm -rf .git/weighbridge',
      check: `node ${CLI} check --build "${INSTALL} && ${BUILD}"`,
    });
    // Its end leaves the record that the next stored run finds.
    measure(twice);
    const group = await interleave([stored, twice], { runs: runs.heavy, warmUp: false, log });
    const rows = ['wall', 'cpu'].map((of) =>
      compare(group, { ours: stored.id, peer: twice.id, of, atMost: 0.6 }),
    );
    return { rows, figures: figuresOf(group), notes: [] };
  },
};

function job(id, cwd, { before, check }) {
  const steps = ['rm -rf node_modules corpus', before, INSTALL, BUILD, check];
  const environment = { npm_config_loglevel: 'error' };
  const isJudged = (stdout) => stdout.includes('Compared with') && stdout.includes('merge base');
  return { id, argv: ['bash', '-ec', steps.join('\n')], cwd, environment, check: isJudged };
}

/** Goal 10's application as a repository: base on main, and a change on a branch. */
function prepareRepository() {
  const source = prepareProject();
  const folder = projectOf('pull-request');
  if (existsSync(join(folder, '.git', 'ready'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'index.html', 'main.js']) {
    cpSync(join(source, name), join(folder, name));
  }
  writeFileSync(join(folder, 'budgets.json'), JSON.stringify(BUDGETS));
  writeFileSync(join(folder, '.gitignore'), 'node_modules\ncorpus\n');
  const git = (...words) => execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
  const commit = (message) => {
    git('add', '.');
    git('-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '-qm', message);
  };
  git('init', '-q', '-b', 'main');
  commit('base');
  git('checkout', '-qb', 'change');
  writeFileSync(join(folder, 'more.js'), "document.title = 'changed';\n");
  const main = join(folder, 'main.js');
  cpSync(join(source, 'main.js'), main);
  writeFileSync(main, "import './more.js';\n", { flag: 'a' });
  commit('change');
  writeFileSync(join(folder, '.git', 'ready'), '');
  return folder;
}
