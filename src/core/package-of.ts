/** An installed copy of a package. */
export interface PackageCopy {
  readonly name: string;
  /** The folder that the ids of its modules start with. */
  readonly instance: string;
  /** Where the folder's own name tells: pnpm, Bun, Yarn PnP; null elsewhere. */
  readonly version: string | null;
}

/** The package that a module belongs to, by its canonical id; null for an own module. */
export function packageOf(id: string): PackageCopy | null {
  const last = id.lastIndexOf(`/${MODULES}`) + 1;
  if (!id.startsWith(MODULES, last)) return null;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(id.slice(last + MODULES.length))?.[0];
  if (name === undefined) return null;
  const before = id.slice(0, last);
  return { name, instance: `${before}${MODULES}${name}`, version: versionIn(before) };
}

const MODULES = 'node_modules/';

/** The version in the name of the folder that holds a package's `node_modules`. */
function versionIn(before: string): string | null {
  const parts = before.split('/').filter((part) => part !== '');
  const folder = parts.at(-1) ?? '';
  const zip = /-npm-(.+?)-[\da-f]{8,10}(?:-[\da-z]+)?(?:\.zip)?$/.exec(folder);
  if (zip !== null) return zip[1] ?? null;
  if (/^\.(?:pnpm|bun|store|deno)$/.test(parts.at(-2) ?? '')) return versionAfterAt(folder);
  const link =
    /(?:^|\/)(?:links|registry\.npmjs\.org)\/(?:@[^/]+\/)?[^/]+\/(\d[^/]*)\/(?:[^/]+\/)?$/.exec(
      before,
    );
  return link?.[1] ?? null;
}

/** `react-dom@18.2.0_react@18.2.0`, `@babel+runtime@7.20.0`; pnpm sets peers apart by `_`. */
function versionAfterAt(folder: string): string | null {
  const at = folder.indexOf('@', 1);
  if (at < 0) return null;
  const text = folder.slice(at + 1).split(/[_(]/)[0] ?? '';
  return VERSION.exec(text)?.[0] ?? null;
}

const VERSION = /^\d+\.\d+\.\d+(?:-[\w.-]*[A-Za-z\d])?/;
