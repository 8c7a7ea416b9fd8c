// Builds the project in the working directory with one bundler, and writes what that says to facts.json.
import { writeFileSync } from 'node:fs';
import { BUNDLERS } from './bundlers/index.mjs';

const { build } = await BUNDLERS[process.argv[2]].load();
const facts = await build(process.cwd());
const assets = facts.assets.toSorted((a, b) => (a.file < b.file ? -1 : 1));
writeFileSync('facts.json', `${JSON.stringify({ version: facts.version, assets }, null, 2)}\n`);
// Some bundlers keep workers that nobody ends.
process.exit(0);
