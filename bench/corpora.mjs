// Builds the corpora under bench/.work/<name>/corpus from the published files of pinned npm packages.
// A benchmark on other bytes is another benchmark, so each corpus has a digest written down here.
// `node corpora.mjs` builds and describes them; run.mjs does the same by itself.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const WORK = fileURLToPath(new URL('.work/', import.meta.url));

/** The folder that stands for a project: its built files are in `corpus/`, configurations beside it. */
export const projectOf = (name) => join(WORK, name);

const EXPECTED = {
  tiny: '55260163c62d26de',
  medium: '970e3ec95db11903',
  large: '5007c9e12f6bae47',
  'large-changed': '1c30b738c27ce5b4',
};

const VERSIONS = {
  three: '0.187.0',
  antd: '6.6.8',
  echarts: '6.1.0',
  '@highlightjs/cdn-assets': '11.12.0',
  lodash: '4.18.1',
  'pdfjs-dist': '6.5.438',
  'chart.js': '4.6.1',
  d3: '7.9.2',
  'video.js': '8.24.1',
  codemirror: '5.65.19',
  bootstrap: '5.3.9',
  jquery: '4.0.0',
  katex: '0.19.1',
  swiper: '14.4.0',
  'element-plus': '2.14.8',
  'monaco-editor': '0.57.0',
  ckeditor5: '48.5.2',
  '@mui/icons-material': '9.5.0',
};

// What a big app or library ships: many small minified chunks and a few of some megabytes.
// `name` is matched on the base name; `depth` is how many levels of folders are entered (find's -maxdepth).
const MEDIUM = [
  { label: 'three', package: 'three', folder: 'build', name: /^three\.(core|module)\.js$/ },
  { label: 'antd', package: 'antd', folder: 'dist', name: /\.min\.js$/ },
  { label: 'echarts', package: 'echarts', folder: 'dist', name: /\.min\.js$/ },
  { label: 'hljs', package: '@highlightjs/cdn-assets', folder: '.', name: /\.min\./, depth: 2 },
  { label: 'lodash', package: 'lodash', folder: '.', name: /^lodash.*\.min\.js$/, depth: 1 },
  { label: 'pdfjs', package: 'pdfjs-dist', folder: 'build', name: /\.min\.mjs$/ },
  { label: 'chartjs', package: 'chart.js', folder: 'dist', depth: 1 },
  { label: 'd3', package: 'd3', folder: 'dist', name: /\.min\.js$/ },
  { label: 'videojs', package: 'video.js', folder: 'dist', name: /\.min\./, depth: 1 },
  { label: 'codemirror', package: 'codemirror', folder: 'addon' },
  { label: 'bootstrap', package: 'bootstrap', folder: 'dist', name: /\.min\./ },
  { label: 'jquery', package: 'jquery', folder: 'dist', name: /\.min\.js$/ },
  { label: 'katex', package: 'katex', folder: 'dist', name: /\.min\./, depth: 1 },
  { label: 'swiper', package: 'swiper', folder: '.', name: /\.min\./, depth: 1 },
  { label: 'elementplus', package: 'element-plus', folder: 'theme-chalk' },
];

// A monorepo's worth of output; medium is copied into it as well.
const LARGE = [
  { label: 'monaco-min', package: 'monaco-editor', folder: 'min' },
  { label: 'ckeditor5', package: 'ckeditor5', folder: 'dist' },
  { label: 'elementplus', package: 'element-plus', folder: 'dist' },
  {
    label: 'mui-icons',
    package: '@mui/icons-material',
    folder: '.',
    name: /^[A-C].*\.js$/,
    depth: 1,
  },
];

/** Builds the corpora unless they are there, and returns each by name. @throws on other bytes. */
export function prepareCorpora() {
  const present = describeAll();
  if (Object.values(present).every(isAsExpected)) return present;
  build();
  const built = describeAll();
  const wrong = Object.values(built).filter((corpus) => !isAsExpected(corpus));
  if (wrong.length === 0) return built;
  const found = wrong.map(({ name, digest }) => `${name} ${digest}, not ${EXPECTED[name]}`);
  throw new Error(`Other bytes than those this benchmark is about: ${found.join('; ')}`);
}

const isAsExpected = ({ name, digest }) => digest === EXPECTED[name];

const describeAll = () =>
  Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, describe(name)]));

/** Paths below `folder` with `/`, in the order of their bytes, which no locale changes. */
export function listFiles(folder, depth = Number.POSITIVE_INFINITY, below = '') {
  const paths = [];
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isFile()) paths.push(path);
    if (entry.isDirectory() && depth > 1) paths.push(...listFiles(folder, depth - 1, path));
  }
  return paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function build() {
  for (const [name, version] of Object.entries(VERSIONS)) unpack(name, version);
  for (const name of Object.keys(EXPECTED))
    rmSync(corpusOf(name), { recursive: true, force: true });
  for (const selection of MEDIUM) select('medium', selection);
  for (const selection of LARGE) select('large', selection);
  cpSync(corpusOf('medium'), join(corpusOf('large'), 'medium'), { recursive: true });
  mkdirSync(corpusOf('tiny'), { recursive: true });
  const lodash = readFileSync(join(folderOf('lodash'), 'lodash.min.js'));
  writeFileSync(join(corpusOf('tiny'), 'a.js'), lodash.subarray(0, 1024));
  changeOnePercent();
}

// What a pull request does to a monorepo's output: a few files differ, the rest is what it was.
function changeOnePercent() {
  const folder = corpusOf('large-changed');
  cpSync(corpusOf('large'), folder, { recursive: true });
  for (const [index, path] of listFiles(folder).entries()) {
    if (index % 100 === 0) appendFileSync(join(folder, path), '\n/* changed */\n');
  }
}

const corpusOf = (name) => join(projectOf(name), 'corpus');
const folderOf = (name) => join(WORK, 'packages', name.replace('/', '+'), VERSIONS[name]);

// `npm pack` rather than `npm install`: it goes through the user's npm client and its cache just the
// same, but gets none of the hundreds of dependencies, which are no part of a corpus.
function unpack(name, version) {
  const target = folderOf(name);
  if (existsSync(target)) return;
  process.stderr.write(`corpora: getting ${name}@${version}\n`);
  const temporary = `${target}.partial`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  // Its output lists every file, megabytes of it for some packages: the folder says enough.
  execFileSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', temporary, `${name}@${version}`],
    { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );
  const archive = readdirSync(temporary)[0];
  execFileSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: temporary });
  rmSync(join(temporary, archive));
  // The rename comes last, so an interrupted download is never taken for a package.
  renameSync(temporary, target);
}

function select(corpus, { label, package: name, folder, name: pattern = /./, depth }) {
  const source = join(folderOf(name), folder);
  for (const path of listFiles(source, depth)) {
    if (!/\.(js|css|mjs)$/.test(path) || !pattern.test(path.split('/').at(-1) ?? '')) continue;
    // Packages publish empty files (type-only modules); they measure nothing.
    if (readFileSync(join(source, path)).length === 0) continue;
    const target = join(corpusOf(corpus), label, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(source, path), target);
  }
}

/**
 * What a corpus is: where, how many files and bytes, and a digest of paths and contents, which is that of
 * `find . -type f | LC_ALL=C sort | xargs sha256sum`, so that a shell can check it.
 */
export function describe(name) {
  const folder = corpusOf(name);
  const paths = existsSync(folder) ? listFiles(folder) : [];
  const lines = createHash('sha256');
  let bytes = 0;
  for (const path of paths) {
    const content = readFileSync(join(folder, path));
    bytes += content.length;
    lines.update(`${createHash('sha256').update(content).digest('hex')}  ./${path}\n`);
  }
  const digest = lines.digest('hex').slice(0, 16);
  return { name, project: projectOf(name), folder, files: paths.length, bytes, digest };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { name, files, bytes, digest } of Object.values(prepareCorpora())) {
    console.log(`${name} files=${files} bytes=${bytes} digest=${digest}`);
  }
}
