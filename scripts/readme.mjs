// Fills the generated blocks of README.md: screens from real runs, tables from the schemas, the
// option tables and action.yml. A block stands between `<!-- NAME:start -->` and `<!-- NAME:end -->`.
//
//   node scripts/readme.mjs --write    fills them in
//   node scripts/readme.mjs --check    exits 1 and says where, when one has drifted
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = join(ROOT, 'README.md');
const CLI = join(ROOT, 'dist', 'cli.js');
const EXAMPLE = 'examples/vite';
const LIBRARY = 'examples/library';
const MAIN_JOB = [
  'check',
  '--config',
  'budgets.example.json',
  '--base',
  `${EXAMPLE}/baseline/base.snapshot.json`,
];

/** Filled by hand, from bench/. */
const BY_HAND = new Set(['bench']);

const UNIT_NAMES = {
  millisecond: 'time',
  byte: 'bytes',
  count: 'count',
  score: 'score',
  ratio: 'ratio',
};

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

await main(process.argv.slice(2));

async function main([mode]) {
  if (mode !== '--write' && mode !== '--check') {
    console.error('Usage: node scripts/readme.mjs --write | --check');
    process.exitCode = 2;
    return;
  }
  const before = readFileSync(README, 'utf8');
  const { text, drifted } = fill(before, await blocks());
  if (mode === '--write') writeFileSync(README, text);
  for (const line of drifted) console.log(mode === '--write' ? `filled ${line}` : line);
  if (mode === '--check' && drifted.length > 0) {
    console.error('README.md has drifted. Run: node scripts/readme.mjs --write');
    process.exitCode = 1;
  }
}

/** Every block of the text, filled; a block that nobody fills is a mistake, and so is a lost one. */
function fill(text, contents) {
  const drifted = [];
  const seen = new Set();
  const filled = text.replaceAll(
    /<!-- ([a-z-]+):start -->\n([\s\S]*?)<!-- \1:end -->/g,
    (whole, name, old) => {
      seen.add(name);
      if (BY_HAND.has(name)) return whole;
      const content = contents[name];
      if (content === undefined) throw new Error(`README.md: nothing fills the block ${name}`);
      const fresh = `\n${content.trimEnd()}\n\n`;
      if (old !== fresh) drifted.push(`${name}: ${firstDifference(old, fresh)}`);
      return `<!-- ${name}:start -->\n${fresh}<!-- ${name}:end -->`;
    },
  );
  const lost = Object.keys(contents).filter((name) => !seen.has(name));
  if (lost.length > 0) throw new Error(`README.md has no block ${lost.join(', ')}`);
  return { text: filled, drifted };
}

function firstDifference(old, fresh) {
  const [before, after] = [old.split('\n'), fresh.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  return at < 0 ? 'is longer than it should be' : `expected "${after[at]}", found "${before[at]}"`;
}

async function blocks() {
  const code = await loadSources();
  const schema = JSON.parse(read('dist/budgets.schema.json'));
  const action = parse(read('action.yml'));
  return {
    comment: quoted(run([...MAIN_JOB, '--report', 'markdown'], ROOT)),
    screen: fenced('text', run(MAIN_JOB, ROOT)),
    ...initBlocks(),
    library: libraryBlock(),
    'top-keys': keyTable(without(schema.properties, 'budgets')),
    'budget-keys': keyTable(commonKeys(schema, code)),
    sources: sourceSections(schema, code),
    'lighthouse-metrics': lighthouseTable(code),
    'map-options': mapOptionTable(code),
    commands: fenced('text', commandList(run(['--help'], ROOT))),
    options: optionTable(code),
    inputs: inputTable(action),
    outputs: table(
      ['Output', 'Meaning'],
      Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
}

/** The registries and tables of the sources, which are TypeScript: bundled once for this. */
async function loadSources() {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-readme-'));
  try {
    const outfile = join(folder, 'sources.mjs');
    await build({
      stdin: {
        contents: `export { OPTIONS } from './src/commands/help.ts';
export { MAP_OPTIONS } from './src/format/map-options.ts';
export { sources } from './src/sources/index.ts';
export { KNOWN, lighthouseMetric } from './src/sources/lighthouse-metrics.ts';`,
        resolveDir: ROOT,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'error',
      outfile,
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the command line prints, without colours and as wide as when nothing is known of the screen. */
function run(args, cwd) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  // 1 is a broken budget, which is a fine screen; 2 is no screen at all.
  if (status !== 0 && status !== 1) throw new Error(`weighbridge ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** `init` on the example's build output, in a repository of its own. */
function initBlocks() {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-readme-'));
  try {
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
    cpSync(join(ROOT, EXAMPLE, 'dist'), join(folder, 'dist'), { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) {
      cpSync(join(ROOT, EXAMPLE, name), join(folder, name));
    }
    const screen = run(['init'], folder);
    const file = (name) => readFileSync(join(folder, name), 'utf8');
    return {
      init: `${fenced('text', screen)}\n${fenced('jsonc', file('budgets.json'))}`,
      workflow: fenced('yaml', file('.github/workflows/budgets.yml')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The example's library, before and after its small function comes to need the large table. */
function libraryBlock() {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-readme-'));
  try {
    cpSync(join(ROOT, LIBRARY), folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    run(['measure', '--save', 'base.json'], folder);
    const grown = join(folder, 'dist', 'format-money.js');
    const source = readFileSync(grown, 'utf8')
      .replace(/^/, "import { currencies } from './currencies.js';\n")
      .replace(
        'const { maximumFractionDigits } = formatter.resolvedOptions();',
        'const maximumFractionDigits = currencies.find(({ code }) => code === currency).digits;',
      );
    writeFileSync(grown, source);
    const screen = run(['check', '--base', 'base.json'], folder);
    return `${fenced('jsonc', read(`${LIBRARY}/budgets.json`))}\n${fenced('text', screen)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function without(record, ...names) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** The schema of a source's budgets; its first key is the subject. */
function entrySchemas(schema) {
  return schema.properties.budgets.items.anyOf;
}

function commonKeys(schema, { sources }) {
  const [first] = entrySchemas(schema);
  const [source] = Object.values(sources);
  return without(first.properties, ...Object.keys(source.keys));
}

function sourceSections(schema, { sources }) {
  return Object.values(sources)
    .map((source) => {
      const entry = entrySchemas(schema).find(({ required }) => required?.includes(source.subject));
      if (entry === undefined) throw new Error(`dist has no schema of ${source.subject}`);
      const own = Object.keys(source.keys).map((name) => [name, entry.properties[name]]);
      const heading = `**\`${source.subject}\`**: ${source.describes}.`;
      return `${heading}\n\n${keyTable(Object.fromEntries(own))}`;
    })
    .join('\n');
}

function keyTable(properties) {
  const rows = Object.entries(properties).map(([name, schema]) => [
    `\`${name}\``,
    takes(name, schema),
    schema.description ?? '',
  ]);
  return table(['Key', 'Takes', 'Meaning'], rows);
}

/** What a key takes, in words, from its JSON Schema. */
function takes(name, schema) {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.anyOf !== undefined) return takesOneOf(name, schema.anyOf);
  if (schema.type === 'array') {
    return schema.items.type === 'object' ? 'list of objects' : 'list';
  }
  if (schema.type === 'boolean') return '`true`, `false`';
  return schema.type === 'string' ? 'text' : schema.type;
}

function takesOneOf(name, options) {
  const types = options.flatMap(({ type, anyOf }) => type ?? anyOf.map((one) => one.type));
  const isList = types.includes('array');
  if (types.includes('number')) return isList ? 'amount, percent or list' : 'amount';
  if (isList) return 'text or list';
  if (types.includes('object')) return 'text or object';
  throw new Error(`no words for what ${name} takes`);
}

/** Metric ids by unit and direction; a family of ids is written once. */
function lighthouseTable({ KNOWN, lighthouseMetric }) {
  const groups = new Map();
  const add = (id, { unit, better }) => {
    const key = `${UNIT_NAMES[unit]}|${better}`;
    const [family, type] = id.split(':');
    const ids = groups.get(key) ?? new Map();
    ids.set(family, [...(ids.get(family) ?? []), ...(type === undefined ? [] : [type])]);
    groups.set(key, ids);
  };
  for (const id of [...KNOWN, 'user-timing:NAME']) add(id, lighthouseMetric(id));
  const words = (ids) =>
    [...ids].map(([family, types]) => {
      if (types.length === 0) return `\`${family}\``;
      const [first, ...others] = types;
      const rest = others.map((type) => `\`:${type}\``).join(', ');
      return `\`${family}:${first}\`${rest === '' ? '' : ` (or ${rest})`}`;
    });
  const rows = [...groups].map(([key, ids]) => [...key.split('|'), words(ids).join(', ')]);
  return table(['Unit', 'Better', 'Metrics'], rows);
}

/** Every command, as the help has them: none can be missing. */
function commandList(help) {
  const [, list] = /^Commands:\n((?: {2}.*\n)+)/m.exec(help) ?? [];
  if (list === undefined) throw new Error('the help lists no commands');
  return list.replaceAll(/^ {2}/gm, 'weighbridge ');
}

/** One row for each option, naming the commands that take it. */
function optionTable({ OPTIONS }) {
  const rows = new Map();
  for (const [command, options] of Object.entries(OPTIONS)) {
    for (const [name, row] of Object.entries(options)) {
      const key = JSON.stringify([optionText(name, row), row.describes]);
      rows.set(key, [...(rows.get(key) ?? []), `\`${command}\``]);
    }
  }
  const every = Object.keys(OPTIONS).length;
  const cells = [...rows].map(([key, commands]) => [
    ...JSON.parse(key),
    commands.length === every ? 'all' : commands.join(', '),
  ]);
  const always = [
    ['`--help`', 'what a command does, and its options', 'all'],
    ['`--version`', 'the version', 'all'],
  ];
  return table(['Option', 'Does', 'Commands'], [...cells, ...always]);
}

function optionText(name, { kind, value }) {
  if (kind === 'flag') return `\`--${name}\``;
  return kind === 'value' ? `\`--${name} ${value}\`` : `\`--${name}[=${value}]\``;
}

function inputTable({ inputs }) {
  const rows = Object.entries(inputs).map(([name, { description, default: unsaid }]) => [
    `\`${name}\``,
    description,
    unsaid === undefined ? '' : `\`${unsaid}\``,
  ]);
  return table(['Input', 'Meaning', 'Default'], rows);
}

function mapOptionTable({ MAP_OPTIONS }) {
  return table(
    ['Bundler', 'Option', 'In'],
    MAP_OPTIONS.map(({ bundler, option, file }) =>
      option === null
        ? [bundler, 'none: it writes them unless told otherwise', '']
        : [bundler, `\`${option}\``, file.includes(' ') ? file : `\`${file}\``],
    ),
  );
}

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  const lines = [line(head), line(head.map(() => '---')), ...rows.map(line)];
  return `${lines.join('\n')}\n`;
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

/** As GitHub renders it, set apart from the text around it. */
function quoted(markdown) {
  return markdown
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
