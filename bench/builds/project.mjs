// A folder with the source of one variant and the packages that it needs, as `npm install` would have left it.
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swan } from './swan.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const INSTALLED = join(HERE, 'node_modules');
const FONT = '@fontsource/inter/files/inter-latin-400-normal.woff2';

/**
 * Writes the project anew: an application, the packages that it has, and what is changed of it. `ofBundler` says which installed packages this bundler wants beside the application's own,
 * by their place in node_modules.
 * @throws Error for an edit that finds nothing to change: the variant would be the base under another name
 */
export function makeProject(folder, { app, packages: always, change }, ofBundler = {}) {
  const { packages = {}, files = {}, edits = {}, renames = {} } = change;
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(HERE, app), folder, { recursive: true });
  writeAssets(folder);
  for (const [from, to] of Object.entries(renames))
    renameSync(join(folder, from), join(folder, to));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  for (const [path, changes] of Object.entries(edits)) edit(join(folder, path), changes);
  const own = { ...Object.fromEntries(always.map((name) => [name, name])), ...packages };
  const places = { ...withDependencies(ofBundler), ...own };
  for (const [place, name] of Object.entries(places))
    install(name, join(folder, 'node_modules', place));
  writeManifests(folder, own, places);
}

function writeAssets(folder) {
  mkdirSync(join(folder, 'src/assets'), { recursive: true });
  copyFileSync(join(INSTALLED, FONT), join(folder, 'src/assets/text.woff2'));
  writeFileSync(join(folder, 'src/assets/swan.png'), swan());
}

function edit(path, changes) {
  const before = readFileSync(path, 'utf8');
  const after = changes.reduce((text, change) => replaced(path, text, change), before);
  writeFileSync(path, after);
}

function replaced(path, text, [from, to]) {
  const result = text.replace(from, () => to);
  if (result === text) throw new Error(`${path}: nothing to replace for ${from}`);
  return result;
}

// Real files in a real folder, not symbolic links: bundlers follow those out of the project, and the ids of
// modules would name this one. Hard links take neither room nor time.
function install(name, target) {
  const source = join(INSTALLED, name);
  for (const entry of readdirSync(source, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(target, from.slice(source.length));
    mkdirSync(dirname(to), { recursive: true });
    link(from, to);
  }
}

function link(from, to) {
  try {
    linkSync(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV' && error.code !== 'EPERM') throw error;
    copyFileSync(from, to);
  }
}

// What these packages need in turn, where npm has put it at the top; what lies within them comes along anyway.
function withDependencies(places) {
  const found = new Set(Object.values(places));
  for (const path of found) {
    const { dependencies = {}, optionalDependencies = {} } = manifestOf(path);
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const at = resolve(needed, path);
      if (at !== null) found.add(at);
    }
  }
  const atTop = [...found].filter((path) => !path.includes('/node_modules/'));
  const others = atTop.filter((path) => !Object.values(places).includes(path));
  return { ...places, ...Object.fromEntries(others.map((path) => [path, path])) };
}

// As Node does: beside what is within, then further up. Null for what is not installed on this system.
function resolve(needed, from) {
  const within = `${from}/node_modules/${needed}`;
  if (existsSync(join(INSTALLED, within))) return within;
  const parent = from.lastIndexOf('/node_modules/');
  if (parent !== -1) return resolve(needed, from.slice(0, parent));
  return existsSync(join(INSTALLED, needed)) ? needed : null;
}

const manifestOf = (name) =>
  JSON.parse(readFileSync(join(INSTALLED, name, 'package.json'), 'utf8'));

// The lockfile is also what tells Parcel and Turbopack where the project begins.
function writeManifests(folder, own, places) {
  const head = { name: 'ledger', version: '1.0.0' };
  const direct = Object.entries(own).filter(([place]) => !place.includes('/node_modules/'));
  const dependencies = Object.fromEntries(
    direct.map(([place, name]) => [place, manifestOf(name).version]),
  );
  const packages = Object.entries(places)
    .map(([place, name]) => [`node_modules/${place}`, { version: manifestOf(name).version }])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lock = {
    ...head,
    lockfileVersion: 3,
    requires: true,
    packages: { '': { ...head, dependencies }, ...Object.fromEntries(packages) },
  };
  write(join(folder, 'package.json'), { ...head, private: true, type: 'module', dependencies });
  write(join(folder, 'package-lock.json'), lock);
}

const write = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
