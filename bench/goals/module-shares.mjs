// Goal 12: what looking into a large bundle costs, as a ratio to what nobody gets round: reading its source
// map and parsing it. In one process, in turns, by CPU time; the bundle is made of this repository's own tools.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WORK } from '../corpora.mjs';
import { median } from '../measure.mjs';
import { writeOurs } from '../our-sources.mjs';
import { limitValue } from '../outcome.mjs';
import { OURS } from '../tools.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 11;

/** Together about as large as the script of a large application. */
const ENTRIES = [
  'lighthouse',
  '@actions/artifact',
  '@actions/languageservice',
  'zod',
  'parse5',
  'micromark',
  'lodash-es',
  'axe-core',
  'third-party-web',
  'fast-check',
  'htmlparser2',
];

export const moduleShares = {
  number: 12,
  title: 'Modules of a large bundle, against reading and parsing its map',
  async run({ log }) {
    const esbuild = createRequire(join(ROOT, 'package.json'))('esbuild');
    const bundle = buildBundle(esbuild);
    const code = await loadOurs();
    const bytes = [bundle, `${bundle}.map`].map((path) => statSync(path).size);
    log(`${bytes.map((size) => (size / 1e6).toFixed(1)).join(' MB of code, ')} MB of map`);
    const times = { parse: [], open: [], importers: [], compressed: [] };
    for (let round = 0; round < ROUNDS; round += 1) await measureOnce(bundle, code, times);
    const [parse, open, importers, compressed] = Object.values(times).map(median);
    const row = (what, value, atMost) =>
      limitValue(value / parse, { what, unit: 'x', subject: OURS, atMost });
    return {
      rows: [
        row('raw shares', open, 1.5),
        row('raw shares, and who imports whom', importers, 3),
        row('raw and compressed shares, gzip’s own work among it', compressed, 6),
      ],
      figures: null,
      notes: [`read and parse: ${parse.toFixed(0)} ms; shares: ${open.toFixed(0)} ms`],
    };
  },
};

function buildBundle(esbuild) {
  const outfile = join(WORK, 'module-shares', 'dist', 'larger.js');
  if (existsSync(outfile)) return outfile;
  esbuild.buildSync({
    stdin: { contents: ENTRIES.map((name) => `import '${name}';`).join('\n'), resolveDir: ROOT },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    sourcemap: true,
    external: ['puppeteer-core'],
    logLevel: 'error',
    outfile,
  });
  return outfile;
}

async function loadOurs() {
  const path = join(WORK, 'module-shares', 'ours', 'ours.mjs');
  writeOurs(
    path,
    `export { openSourceMap } from './src/bundlers/sourcemap.ts';
export { rawShares } from './src/core/module-shares.ts';
export { importSpecifiers } from './src/core/import-specifiers.ts';
export { deflateShares } from './src/core/deflate-shares.ts';
export { deflate } from './src/sources/deflate.ts';
export { nodeHost } from './src/host/node.ts';`,
  );
  return import(pathToFileURL(path).href);
}

async function measureOnce(path, ours, times) {
  const { openSourceMap, rawShares, importSpecifiers, deflateShares, deflate, nodeHost } = ours;
  const host = nodeHost({ progress: () => {} });
  const root = join(path, '..', '..');
  await timed(times.parse, () => JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const open = async () => {
    const bytes = await host.read(path);
    const opened = await openSourceMap({ path, code: bytes.toString('latin1'), root }, host);
    rawShares(opened.spans, opened.ids.length);
    return { bytes, opened };
  };
  await timed(times.open, open);
  await timed(times.importers, async () => {
    const { opened } = await open();
    for (const text of opened.texts.values()) importSpecifiers(text() ?? '');
  });
  await timed(times.compressed, async () => {
    const { bytes, opened } = await open();
    deflateShares(await deflate(bytes, 9), opened.spans, opened.ids.length);
  });
}

/** What one task leaves behind is not to be cleared away at another's cost. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** CPU in milliseconds: on a busy machine the clock tells of others. */
async function timed(into, task) {
  collectGarbage();
  const start = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(start);
  into.push((user + system) / 1000);
}
