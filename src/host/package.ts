import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../model/errors.ts';

/**
 * Loads a package that a folder sees, straight or through others, as Node and Yarn PnP resolve it.
 * @returns its default export; null where it is not installed
 * @throws UserError `package-broken` where it is, and cannot be loaded
 */
export async function loadPackage(way: readonly string[], folder: string): Promise<unknown> {
  const path = resolveWay(way, folder);
  if (path === null) return null;
  try {
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default ?? null;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new UserError('package-broken', `${path} cannot be loaded: ${words}`, {
      hint: 'Install it again.',
      cause,
    });
  }
}

function resolveWay(way: readonly string[], folder: string): string | null {
  let from = join(folder, 'package.json');
  for (const [index, name] of way.entries()) {
    const isLast = index === way.length - 1;
    // What lies between is not loaded, and may have no main module that `require` would find.
    const found = resolveFrom(from, isLast ? name : `${name}/package.json`);
    if (found === null) return null;
    from = found;
  }
  return from;
}

function resolveFrom(from: string, name: string): string | null {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return null;
  }
}
