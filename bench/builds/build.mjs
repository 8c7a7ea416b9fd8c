// Builds the application in all variants with all bundlers:
//
//   node build.mjs OUT [--bundler NAME]... [--variant NAME]...
//
// OUT/<bundler>/<variant>/ is then a project of its own: src, node_modules, dist, and in facts.json what the
// bundler itself says of its output. A bundler that cannot build here is named, and the exit code is 1.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUNDLERS } from './bundlers/index.mjs';
import { makeProject } from './project.mjs';
import { PACKAGES, VARIANTS } from './variants.mjs';

const ONE = fileURLToPath(new URL('build-one.mjs', import.meta.url));

// Nothing is sent or looked up, and a lockfile is left as it is.
const QUIET = {
  NODE_ENV: 'production',
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bundler: { type: 'string', multiple: true, default: Object.keys(BUNDLERS) },
    variant: { type: 'string', multiple: true, default: Object.keys(VARIANTS) },
  },
});

process.exitCode = main(positionals[0], values);

function main(out, { bundler, variant }) {
  const unknown = [
    ...bundler.filter((name) => !Object.hasOwn(BUNDLERS, name)),
    ...variant.filter((name) => !Object.hasOwn(VARIANTS, name)),
  ];
  if (out === undefined || unknown.length > 0) return usage(unknown);
  const failed = [];
  for (const name of bundler) {
    for (const one of variant) {
      if (!build(resolve(out), name, one)) failed.push(`${name}/${one}`);
    }
  }
  if (failed.length > 0) console.error(`Not built: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

function usage(unknown) {
  console.error('Usage: node build.mjs OUT [--bundler NAME]... [--variant NAME]...');
  console.error(`Bundlers: ${Object.keys(BUNDLERS).join(', ')}`);
  console.error(`Variants: ${Object.keys(VARIANTS).join(', ')}`);
  for (const name of unknown) console.error(`There is no ${name}.`);
  return 2;
}

// A process of its own: bundlers take the working directory for the project, and keep caches in memory.
function build(out, bundler, variant) {
  const folder = join(out, bundler, variant);
  const started = performance.now();
  const project = { app: 'app', packages: PACKAGES, change: VARIANTS[variant] };
  makeProject(folder, project, BUNDLERS[bundler].packages);
  const { status, stdout, stderr } = spawnSync(process.execPath, [ONE, bundler], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...QUIET },
  });
  const isBuilt = status === 0 && existsSync(join(folder, 'facts.json'));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${bundler}/${variant} ${isBuilt ? 'built' : 'FAILED'} in ${seconds} s`);
  if (!isBuilt) console.error(`${stdout}\n${stderr}`.trim());
  return isBuilt;
}
