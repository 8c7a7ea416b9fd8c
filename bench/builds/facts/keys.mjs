// By what an asset is known to be the same in two builds.
import { createHash } from 'node:crypto';

/**
 * Keys by file: the name that the bundler's metadata gives it, or else a digest of the names of all that is
 * inside; null where there is neither, or where two assets of a build would have the same.
 */
export function keysOf(assets) {
  const keys = assets.map(({ file, key, modules }) => [file, key ?? insideOf(modules)]);
  const counts = new Map();
  for (const [, key] of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(keys.map(([file, key]) => [file, counts.get(key) === 1 ? key : null]));
}

function insideOf(modules = []) {
  if (modules.length === 0) return null;
  const digest = createHash('sha256').update(JSON.stringify(modules.toSorted())).digest('hex');
  return `inside ${digest.slice(0, 12)}`;
}

/** Says of a package or module whether some of it is, in head, in an asset of another key than in base. */
export function rearrangedBetween(base, head) {
  const [before, after] = [base, head].map(({ assets }) => placesOf(assets));
  return (cause) =>
    [...after].some(([module, key]) => isInside(module, cause) && before.get(module) !== key);
}

function placesOf(assets) {
  const keys = keysOf(assets);
  return new Map(
    assets.flatMap(({ file, modules = [] }) => modules.map((module) => [module, keys[file]])),
  );
}

const isInside = (module, cause) =>
  cause.package === null
    ? module === cause.module
    : module.includes(`node_modules/${cause.package}/`);
