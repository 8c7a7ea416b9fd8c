// Writes what a test of identity needs of the builds, and nothing else: the names of their files, and which of
// them are the same asset.
//
//   node names.mjs OUT [FOLDER]       FOLDER is test/fixtures/build-names by default
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLERS } from './bundlers/index.mjs';
import { keysOf } from './facts/keys.mjs';
import { VARIANTS } from './variants.mjs';

const FIXTURES = fileURLToPath(new URL('../../test/fixtures/build-names', import.meta.url));
const [out, folder = FIXTURES] = process.argv.slice(2);

if (out === undefined) {
  console.error('Usage: node names.mjs OUT [FOLDER]');
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  for (const bundler of Object.keys(BUNDLERS)) write(bundler);
}

function write(bundler) {
  const variants = Object.keys(VARIANTS).filter((one) => existsSync(factsPath(bundler, one)));
  if (variants.length === 0) return;
  const facts = variants.map((one) => JSON.parse(readFileSync(factsPath(bundler, one), 'utf8')));
  const builds = Object.fromEntries(
    variants.map((one, index) => [one, keysOf(facts[index].assets)]),
  );
  const fixture = { bundler, version: facts[0]?.version ?? null, builds };
  writeFileSync(join(folder, `${bundler}.json`), `${JSON.stringify(fixture, null, 1)}\n`);
}

function factsPath(bundler, variant) {
  return join(out, bundler, variant, 'facts.json');
}
