import { LOCKFILES } from '../core/locked-versions.ts';
import { isNameSlip } from '../core/name-slip.ts';
import type { PackageSelection, Selection } from '../model/budget.ts';
import type { Host } from '../model/host.ts';
import type { Collected, CollectRequest } from './source.ts';

/**
 * Measures nothing: what is inside says how much a package has. A name that no installed package and
 * no lockfile has, but nearly, is told: a slip in a budget with `max: 0` would hold for ever.
 */
export async function collectPackages(
  { config, selections, isBase }: CollectRequest,
  host: Host,
): Promise<Collected> {
  const notes: string[] = [];
  if (isBase !== true) {
    const folders = foldersUp(config.folder, host);
    const names = [...new Set(selections.filter(isPackage).map(({ name }) => name))];
    for (const name of names) {
      const meant = await meantBy(name, folders, host);
      if (meant !== null) notes.push(noteOf(name, meant));
    }
  }
  return { measurements: [], tracked: {}, notes };
}

function isPackage(selection: Selection): selection is PackageSelection {
  return selection.kind === 'package';
}

function noteOf(name: string, meant: string): string {
  return `No package "${name}" is installed or in a lockfile, but "${meant}" is: if that was meant, mend its budget, which finds nothing as it is.`;
}

/** The folder and those it is in, as Node looks for packages. */
function foldersUp(folder: string, host: Host): string[] {
  const up = host.resolve(folder, '..');
  return up === folder ? [folder] : [folder, ...foldersUp(up, host)];
}

async function meantBy(
  name: string,
  folders: readonly string[],
  host: Host,
): Promise<string | null> {
  if (await isKnown(name, folders, host)) return null;
  const known = await dependencies(folders, host);
  return known.find((one) => isNameSlip(name, one)) ?? null;
}

async function isKnown(name: string, folders: readonly string[], host: Host): Promise<boolean> {
  // Whole: `styled-component` is no part of `styled-components`.
  const whole = new RegExp(`(?<![\\w.~-])${name.replaceAll('.', '\\.')}(?![\\w.~-])`);
  for (const folder of folders) {
    const place = host.resolve(folder, 'node_modules', name);
    if ((await host.kind(place).catch(() => null)) !== null) return true;
    for (const lockfile of Object.keys(LOCKFILES)) {
      const text = await textOf(host.resolve(folder, lockfile), host);
      if (whole.test(text)) return true;
    }
  }
  return false;
}

/** What the nearest package.json names. */
async function dependencies(folders: readonly string[], host: Host): Promise<string[]> {
  for (const folder of folders) {
    const text = await textOf(host.resolve(folder, 'package.json'), host);
    if (text !== '') return namesIn(text);
  }
  return [];
}

function namesIn(text: string): string[] {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Manifest;
    return Object.keys({ ...dependencies, ...devDependencies });
  } catch {
    // A package.json that cannot be read is told of by the package manager.
    return [];
  }
}

interface Manifest {
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

/** What cannot be read is as good as absent: all of this is for a note, which must not end a check. */
async function textOf(path: string, host: Host): Promise<string> {
  const bytes = await host.read(path).catch(() => null);
  return bytes === null ? '' : new TextDecoder().decode(bytes);
}
