// How each tool is asked the same question: are these files, compressed, below 100 MB? All run as
// `node path/to/its/command`, so that none pays for npx.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const MODULES = join(HERE, 'node_modules');
export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
export const DIST = join(REPOSITORY, 'dist');
const CLI = join(DIST, 'cli.js');

/** The interpreter itself: what a start costs before any tool has done anything. */
export const BARE_NODE = { id: 'node -e 0', argv: [process.execPath, '-e', '0'], cwd: HERE };

/** The files that a question is about, as all tools spell it. */
export const ALL_FILES = 'corpus/**/*.{js,css,mjs}';
export const ONE_FILE = 'corpus/a.js';

/** The name that our own rows go by. */
export const OURS = 'weighbridge';

const PEERS = {
  'size-limit': {
    bin: 'size-limit/bin.js',
    settings: (pattern, encoding) => [{ path: pattern, limit: '100 MB', [encoding]: true }],
    hasMeasured: (stdout, { total }) => {
      const [{ passed, size }] = JSON.parse(stdout);
      return passed && (total === null || size === total);
    },
    flags: ['--json'],
  },
  bundlewatch: {
    bin: 'bundlewatch/lib/bin/index.js',
    settings: (path, encoding) => ({
      defaultCompression: encoding,
      files: [{ path, maxSize: '100MB' }],
    }),
    hasMeasured: (stdout, { files }) => stdout.split('PASS corpus/').length - 1 === files,
  },
  bundlemon: {
    bin: 'bundlemon/bin/bundlemon.js',
    // It walks baseDir whole before it looks at patterns: the project folder would be unfair.
    settings: (path, encoding) => ({
      baseDir: 'corpus',
      defaultCompression: encoding,
      groups: [{ path: path.replace('corpus/', ''), maxSize: '100mb' }],
    }),
    hasMeasured: (stdout, { total }) =>
      stdout.includes('Done - Success') &&
      (total === null || stdout.includes(`: ${binary(total)} <`)),
  },
  bundlesize2: {
    bin: 'bundlesize2/index.js',
    settings: (path, compression) => ({ files: [{ path, maxSize: '100MB', compression }] }),
    hasMeasured: (stdout, { files }) => new RegExp(`\\b${files} checks? passed`).test(stdout),
  },
};

export const PEER_NAMES = Object.keys(PEERS);

export const isBuilt = () => existsSync(CLI);

/**
 * A command that asks peer `name` about `files` of a corpus; writes the settings that it needs. `total` is
 * the compressed bytes it has to find, null where computing them takes a minute.
 */
export function askPeer(name, { corpus, files = ALL_FILES, encoding = 'gzip', total }) {
  const { bin, settings, hasMeasured, flags = [] } = PEERS[name];
  if (name === 'size-limit') writePluginList(corpus.project);
  const config = writeSettings(corpus.project, name, files, settings(files, encoding), encoding);
  return {
    id: name,
    argv: [process.execPath, join(MODULES, bin), ...flags, '--config', config],
    cwd: corpus.project,
    check: (stdout) => hasMeasured(stdout, { files: corpus.files, total }),
  };
}

/** The same question to us. `words` is what follows `weighbridge` on the command line. */
export function askUs(words, { corpus, files = ALL_FILES, encodings = ['gzip'], id = OURS }) {
  const settings = {
    track: [files],
    encodings,
    budgets: [{ name: 'all', files, encoding: encodings[0], max: '100 MB' }],
  };
  const config = writeSettings(corpus.project, 'budgets', files, settings, encodings.join('-'));
  return {
    id,
    argv: [process.execPath, CLI, ...words, '--config', config],
    cwd: corpus.project,
  };
}

export const askOurVersion = () => ({
  id: 'weighbridge --version',
  argv: [process.execPath, CLI, '--version'],
  cwd: HERE,
});

/** Reading and compressing every file in turn, and nothing else. */
export const askOneThread = ({ corpus, encoding = 'gzip' }) => ({
  id: 'one thread',
  argv: [process.execPath, join(HERE, 'one-thread.mjs'), encoding, corpus.folder],
  cwd: HERE,
});

/** Name to version, of us and of the peers as installed. @throws when they are not. */
export function versions() {
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).version;
  if (!PEER_NAMES.every((name) => existsSync(join(MODULES, name)))) {
    throw new Error('The peers are not installed: run `npm ci --ignore-scripts` in bench/.');
  }
  return {
    weighbridge: read(join(REPOSITORY, 'package.json')),
    ...Object.fromEntries(
      PEER_NAMES.map((name) => [name, read(join(MODULES, name, 'package.json'))]),
    ),
  };
}

// As the `bytes` package prints it, which is how BundleMon says a size.
const binary = (bytes) =>
  bytes < 1024 ? `${bytes}B` : `${Number((bytes / 1024 / 1024).toFixed(2))}MB`;

function writeSettings(project, tool, files, settings, encoding) {
  const scope = files === ALL_FILES ? 'all' : files.replaceAll(/[^a-z0-9]+/g, '-');
  const name = `${tool}.${scope}.${encoding}.json`;
  writeFileSync(join(project, name), JSON.stringify(settings));
  return name;
}

// size-limit reads which plugins to load from the nearest package.json.
function writePluginList(project) {
  const contents = { private: true, devDependencies: { '@size-limit/file': '*' } };
  writeFileSync(join(project, 'package.json'), JSON.stringify(contents));
}
