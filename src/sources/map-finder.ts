const HAS_MODULES = /\.(?:[cm]?js|css)$/;
/** Bytes at the end of a file that are looked at. */
const LOOKED_AT = 1024;

/**
 * A look at the end of the bytes that are at hand anyway: a map is named there, or stands there
 * whole, as one word without an end.
 */
export function mapFinder(paths: readonly string[]): (path: string, data: Buffer) => boolean {
  const maps = new Set(paths.filter((path) => path.endsWith('.map')));
  return (path, data) => {
    if (!HAS_MODULES.test(path)) return false;
    if (maps.has(`${path}.map`)) return true;
    const end = data.toString('latin1', Math.max(0, data.length - LOOKED_AT));
    return (
      end.includes('sourceMappingURL=') || /^[\w+/=%.~-]{500,}(?:\s|\*\/|$)/.test(end.slice(-600))
    );
  };
}
