import { type ImportSelection, PLATFORMS } from '../model/budget.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { bundleImports } from '../sources/import-bundle.ts';
import { type Bundler, findBundler } from '../sources/import-bundler.ts';

/** What others import: the package by its own name, and where that can be bundled for. */
export interface Library {
  readonly from: string;
  readonly platform: ImportSelection['platform'];
}

/**
 * The library that a folder builds, as far as it can be bundled here: with an entry for others in
 * its package.json, with no page in its output, and with esbuild installed. Else null.
 */
export async function findLibrary(
  output: string,
  cwd: string,
  host: Host,
): Promise<Library | null> {
  const from = await nameOf(cwd, host);
  if (from === null || (await host.glob([`${output}/**/*.html`], cwd)).length > 0) return null;
  const bundler = await orNull(() => findBundler(cwd, host));
  if (bundler === null) return null;
  try {
    return await firstThatBundles(from, bundler, cwd, host);
  } finally {
    await bundler.stop();
  }
}

async function nameOf(cwd: string, host: Host): Promise<string | null> {
  const text = new TextDecoder().decode(
    (await host.read(host.resolve(cwd, 'package.json'))) ?? undefined,
  );
  try {
    const { name, exports, module, main } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const hasEntry = [exports, module, main].some((entry) => entry !== undefined);
    return typeof name === 'string' && name !== '' && hasEntry ? name : null;
  } catch {
    return null;
  }
}

async function firstThatBundles(
  from: string,
  bundler: Bundler,
  folder: string,
  host: Host,
): Promise<Library | null> {
  for (const platform of PLATFORMS.filter((one) => one !== 'neutral')) {
    const imports = [{ from, names: ['*'] }];
    const selection = { kind: 'imports', imports, platform, conditions: [], external: [] } as const;
    if ((await orNull(() => bundleImports(selection, { bundler, folder }, host))) !== null) {
      return { from, platform };
    }
  }
  return null;
}

/** What cannot be bundled is left out of a first budgets file: nobody has asked for it. */
async function orNull<Result>(task: () => Promise<Result>): Promise<Result | null> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
