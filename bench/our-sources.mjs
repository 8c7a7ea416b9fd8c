// Our sources as they are, bundled for a measurement: what is measured is no part of the command line's surface.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { REPOSITORY } from './tools.mjs';

/** Packages that are CommonJS ask for what is built in. */
const NEEDS_REQUIRE =
  "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);";

/** Writes one file to `path`, made of `contents`, whose imports start at the repository's root. */
export function writeOurs(path, contents) {
  const esbuild = createRequire(`${REPOSITORY}package.json`)('esbuild');
  const { outputFiles } = esbuild.buildSync({
    stdin: { contents, resolveDir: REPOSITORY },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: NEEDS_REQUIRE },
    write: false,
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, outputFiles[0].contents);
}
