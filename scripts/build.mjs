// Builds dist: one file a door, shared code in chunks with stable names, everything bundled. CommonJS,
// as loading an ES module costs Node a quarter of a bare start, and every check pays it; users import
// the library as an ES module all the same.
// Deterministic: the same sources give the same bytes, so that `git status` shows drift.
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { withAscii } from './ascii.mjs';
import { deferred, deferredEntries, isDeferred } from './deferred.mjs';
import { licences } from './licences.mjs';
import { writeSchemas } from './schemas.mjs';
import { withShortExports } from './short-exports.mjs';
import { writeTypes } from './types.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
/** Built beside, so that a build that fails leaves dist as it was. */
const OUT = fileURLToPath(new URL('../.cache/dist', import.meta.url));

/**
 * Chunks by what needs them: every check loads `engine`, globs load `glob`, the Action `runner`,
 * and only what talks to GitHub loads `octokit`.
 */
const packages = (...names) => new RegExp(`node_modules[\\\\/](${names.join('|')})[\\\\/]`);
const anyOf = (...tests) => new RegExp(tests.map(({ source }) => source).join('|'));
/** What every check runs: they import the rest of it, and load by name what only some need. */
const EVERY_CHECK = [
  'src/commands/run.ts',
  'src/commands/check.ts',
  'src/reporters/terminal.ts',
].map((path) => join(ROOT, path));

/** Imports of each module, without those that wait until they are called. */
const importsOf = new Map();
const imports = {
  name: 'imports',
  moduleParsed: ({ id, importedIds }) => {
    importsOf.set(id, importedIds);
  },
};

let engine = null;
function isOfEngine(id) {
  engine ??= reachedFrom(EVERY_CHECK, new Set());
  // What stands in for a deferred module is a line: in another chunk it would have that one loaded.
  return engine.has(id) || isDeferred(id);
}

function reachedFrom(ids, reached) {
  for (const id of ids) {
    if (reached.has(id)) continue;
    reached.add(id);
    reachedFrom(importsOf.get(id) ?? [], reached);
  }
  return reached;
}

const GROUPS = [
  {
    name: 'octokit',
    test: packages(
      '@actions/github',
      '@octokit',
      'bottleneck',
      'universal-user-agent',
      'fast-content-type-parse',
      'before-after-hook',
      'json-with-bigint',
    ),
    priority: 40,
  },
  // Not all of @actions: what uploads artifacts is a megabyte that only a record of base needs.
  { name: 'runner', test: packages('@actions/core', '@actions/exec', '@actions/io'), priority: 50 },
  {
    name: 'glob',
    test: anyOf(
      /src[\\/]host[\\/]glob\.ts$/,
      packages(
        'fast-glob',
        'micromatch',
        'picomatch',
        'braces',
        'fill-range',
        'to-regex-range',
        'is-number',
        '@nodelib',
        'fastq',
        'reusify',
        'run-parallel',
        'queue-microtask',
        'merge2',
        'glob-parent',
        'is-glob',
        'is-extglob',
      ),
    ),
    priority: 20,
  },
  // What is asked only where a file may be wrong, or was written elsewhere.
  {
    name: 'schema',
    test: /src[\\/]model[\\/](?:budget|snapshot)-schema\.ts|src[\\/]config[\\/](?:schema|shape|shapes)\.ts|node_modules[\\/]zod[\\/]/,
    priority: 28,
  },
  {
    name: 'snapshot',
    test: /src[\\/]core[\\/](?:snapshot-set|snapshot-text|known-asset|known-snapshot)\.ts|src[\\/]baseline[\\/]snapshot-file\.ts/,
    priority: 26,
  },
  {
    name: 'base',
    test: /src[\\/]baseline[\\/](?!(?:recall|snapshot-file|pardons|own-run|lost-projects|moved-budgets-file)\.ts)|src[\\/]stores[\\/](index|file|record)\.ts/,
    priority: 24,
  },
  {
    name: 'scan-pages',
    // What finds pages: only a build with pages needs it.
    test: /src[\\/]sources[\\/](?:scan-pages|unresolved-notes|outputs|page-output|page-digest)\.ts$/,
    priority: 22,
  },
  {
    name: 'page-scan',
    // What reads HTML and scripts: only where base does not know the pages as they are.
    test: /src[\\/]sources[\\/](?:page-scan|page-address|load-facts|import-map|html-elements|html-references|html-tokens|style-references|script-imports|script-names|composed-names)\.ts$|node_modules[\\/](?:htmlparser2|entities|domelementtype|domhandler|domutils|dom-serializer|es-module-lexer)[\\/]/,
    // After `engine`, whose modules it shares.
    priority: 22,
  },
  // What opens assets: only where there are source maps, or metadata that says as much.
  {
    name: 'contents',
    test: /src[\\/]contents[\\/](?!inside\.ts)|src[\\/]core[\\/](apportion|code-cursor|code-end|deflate-\w+|import-resolver|import-specifiers|importers|locked-versions|lean-map|map-comment|mapped-spans|module-shares|source-map|span-writer)\.ts|src[\\/]bundlers[\\/](installed|source-map-file|sourcemap|upwards)\.ts|src[\\/]sources[\\/]deflate\.ts/,
    priority: 30,
  },
  // Only where something changed.
  {
    name: 'attribute',
    test: /src[\\/]core[\\/](?:attribute|cause-\w+)\.ts$/,
    priority: 23,
  },
  // Only where metadata of a bundler stands beside a build.
  {
    name: 'metadata',
    test: /src[\\/]bundlers[\\/](?:index|vite|esbuild|asset-manifest|next(?:-\w+)?|webpack(?:-\w+)?|page-of|placement|importers-of|module-name)\.ts$/,
    // After `engine`, whose modules it shares.
    priority: 22,
  },
  { name: 'tool', test: /src[\\/]model[\\/]tool\.ts$/, priority: 50 },
  {
    name: 'engine',
    // One file for all that a plain check runs: each further one costs a start 1.5 ms.
    test: isOfEngine,
    // Above what it shares modules with: a chunk takes along all that its modules import.
    priority: 45,
  },
];

async function build() {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const bundle = await rolldown({
    cwd: ROOT,
    input: {
      cli: 'src/cli.ts',
      index: 'src/index.ts',
      action: 'src/action.ts',
      ...deferredEntries(ROOT),
    },
    plugins: [deferred(ROOT), imports],
    platform: 'node',
    // Its main file is UMD, whose inner requires no bundler can follow.
    resolve: {
      alias: {
        'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
        'unzip-stream': `${ROOT}/scripts/no-unzip.mjs`,
      },
    },
    treeshake: { moduleSideEffects: false },
    transform: { target: 'node20.19' },
    onLog(level, log, handler) {
      // The check's own code is in the chunk that every command loads.
      if (log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') return;
      if (level === 'warn') throw new Error(log.message);
      handler(level, log);
    },
  });
  const { output } = await bundle.write({
    dir: OUT,
    format: 'cjs',
    minify: true,
    comments: { legal: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups: GROUPS },
  });
  await bundle.close();
  await writeWorker();
  for (const { type, fileName, code } of output) {
    if (type === 'chunk') await writeFile(`${OUT}/${fileName}`, withAscii(withShortExports(code)));
  }
  const modules = output.flatMap((chunk) =>
    chunk.type === 'chunk' ? Object.keys(chunk.modules).filter(isFile) : [],
  );
  await writeFile(`${OUT}/LICENSES.txt`, await licences(modules));
  await writeFile(`${OUT}/package.json`, `${JSON.stringify({ type: 'commonjs' })}\n`);
  await chmod(`${OUT}/cli.js`, 0o755);
  await writeSchemas(ROOT, OUT);
  await writeTypes(ROOT, OUT);
  await rm(DIST, { recursive: true, force: true });
  await rename(OUT, DIST);
  for (const chunk of output) console.log(`${chunk.fileName} ${chunk.code?.length ?? 0}`);
}

/** By itself: each thread starts anew, with as little as it needs. */
async function writeWorker() {
  const bundle = await rolldown({
    cwd: ROOT,
    input: 'src/look-worker.ts',
    platform: 'node',
    treeshake: { moduleSideEffects: false },
    transform: { target: 'node20.19' },
  });
  const file = `${OUT}/chunks/look-worker.js`;
  const options = { file, format: 'cjs', minify: true, comments: { legal: false } };
  const { output } = await bundle.write(options);
  await bundle.close();
  await writeFile(file, withAscii(output[0].code));
}

/** Virtual modules start with a zero, as is the custom. */
function isFile(id) {
  return !id.startsWith('\0');
}

await build();
