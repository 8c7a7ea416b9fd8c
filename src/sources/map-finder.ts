const HAS_MODULES = /\.(?:[cm]?js|css)$/;
/** Bytes at the end of a file that are looked at. */
const LOOKED_AT = 1024;
const NAME = 'sourceMappingURL=';
/** Bytes before it in which its comment opens. */
const OPENING = 16;

/**
 * A look at the end of the bytes that are at hand anyway: a map is named there, or stands there
 * whole, as one word without an end.
 * @returns see `FileLook.mapMention`
 */
export function mapFinder(paths: readonly string[]): (path: string, data: Buffer) => string | null {
  const maps = new Set(paths.filter((path) => path.endsWith('.map')));
  return (path, data) => {
    if (!HAS_MODULES.test(path)) return null;
    if (maps.has(`${path}.map`)) return '';
    const end = data.toString('latin1', Math.max(0, data.length - LOOKED_AT));
    const at = end.lastIndexOf(NAME);
    if (at >= 0) return end.slice(Math.max(0, at - OPENING));
    return /^[\w+/=%.~-]{500,}(?:\s|\*\/|$)/.test(end.slice(-600)) ? '' : null;
  };
}
