import type { Host } from '../model/host.ts';

/** Far more than folders are nested in. */
const MOST_STEPS = 64;

/** A folder and all that it is in, the nearest first: where Node looks for packages. */
export function upwards(folder: string, host: Host): string[] {
  const folders = [folder];
  for (let at = folder; folders.length < MOST_STEPS; ) {
    const above = host.resolve(at, '..');
    if (above === at) break;
    folders.push(above);
    at = above;
  }
  return folders;
}
