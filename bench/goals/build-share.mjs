// Goal 10: what a check adds to the build that it follows, when nothing has changed: a pull request's
// usual case. The application is small for what the goal has in mind, so the goal is harder here.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselineOf } from '../baseline.mjs';
import { describe, projectOf } from '../corpora.mjs';
import { interleave, measure } from '../measure.mjs';
import { compare, figuresOf } from '../outcome.mjs';
import { askUs, isBuilt } from '../tools.mjs';

// What a project has that says nothing about encodings.
export const ENCODINGS = ['gzip', 'brotli'];

// Installed into the project itself and not among the peers: Vite brings binaries for each platform, which
// npm 11 wants to see all of in a lockfile, even those that a registry does not serve.
const DEPENDENCIES = {
  '@emotion/react': '11.14.0',
  '@emotion/styled': '11.14.1',
  '@mui/material': '9.5.0',
  react: '19.2.9',
  'react-dom': '19.2.9',
  vite: '7.3.8',
};

const VITE = join('node_modules', 'vite', 'bin', 'vite.js');
export const VITE_BUILD = [process.execPath, VITE, 'build', '--outDir', 'corpus', '--emptyOutDir'];

// Built into `corpus/`, so that the question is asked as for every other corpus.
const SOURCES = {
  'index.html': '<div id="root"></div><script type="module" src="./main.js"></script>\n',
  'main.js': [
    "import { createElement } from 'react';",
    "import { createRoot } from 'react-dom/client';",
    "import * as components from '@mui/material';",
    '// Every component is named at run time, so that none can be shaken off.',
    'const page = Object.values(components).map((component) => createElement(component));',
    "createRoot(document.getElementById('root')).render(page);",
    '',
  ].join('\n'),
};

export const buildShare = {
  number: 10,
  title: 'A check after `vite build`, nothing changed',
  async run({ runs, log }) {
    const build = { id: 'vite build', argv: VITE_BUILD, cwd: prepareProject() };
    measure(build);
    const corpus = describe('app');
    const base = baselineOf(corpus, ENCODINGS);
    const ours = askUs(['check', '--base', base ?? 'none'], { corpus, encodings: ENCODINGS });
    const commands = [build, ...(isBuilt() ? [ours] : [])];
    const group = await interleave(commands, { runs: runs.heavy, warmUp: false, log });
    const rows = ['cpu', 'wall'].map((of) =>
      compare(group, { ours: ours.id, peer: build.id, of, atMost: 0.02 }),
    );
    return { rows, figures: figuresOf(group), notes: [] };
  },
};

export function prepareProject() {
  const project = projectOf('app');
  const manifest = JSON.stringify({ private: true, dependencies: DEPENDENCIES });
  const path = join(project, 'package.json');
  // npm writes its hidden lockfile last: without it an installation was interrupted.
  const isInstalled = existsSync(join(project, 'node_modules', '.package-lock.json'));
  if (isInstalled && readFileSync(path, 'utf8') === manifest) return project;
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(project, name), text);
  writeFileSync(path, manifest);
  const words = ['install', '--silent', '--ignore-scripts', '--no-package-lock'];
  execFileSync('npm', words, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] });
  return project;
}
