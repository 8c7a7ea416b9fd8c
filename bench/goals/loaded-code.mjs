// Goal 9: the code that a plain check loads. V8's coverage lists every script that a process has
// compiled, worker threads and lazy imports included, so nothing has to be guessed from the bundle.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORK } from '../corpora.mjs';
import { measure } from '../measure.mjs';
import { limitValue } from '../outcome.mjs';
import { askUs, DIST, isBuilt, OURS } from '../tools.mjs';

export const loadedCode = {
  number: 9,
  title: 'Code that a plain `check` loads',
  async run({ corpora }) {
    const files = isBuilt() ? loadedBy(corpora.tiny) : [];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const row = limitValue(isBuilt() ? bytes / 1000 : null, {
      what: 'minified code',
      unit: 'kB',
      subject: OURS,
      atMost: 150,
    });
    const notes = files.map((file) => `\`${file.path}\` ${(file.bytes / 1000).toFixed(1)} kB`);
    return { rows: [row], figures: null, notes };
  },
};

function loadedBy(corpus) {
  const folder = mkdtempSync(join(WORK, 'coverage-'));
  const environment = { NODE_V8_COVERAGE: folder };
  measure({ ...askUs(['check', '--base', 'none'], { corpus }), environment });
  const scripts = readdirSync(folder).flatMap(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).result,
  );
  rmSync(folder, { recursive: true });
  const paths = new Set(
    scripts.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url)),
  );
  return [...paths]
    .filter((path) => !relative(DIST, path).startsWith('..'))
    .map((path) => ({ path: relative(DIST, path), bytes: statSync(path).size }))
    .sort((a, b) => b.bytes - a.bytes);
}
