/**
 * The line of a file on which a change imports something, by the patch that GitHub shows of it;
 * null where no added line does.
 * @param specifier what is imported, as it is written: `moment`, `./Report`
 * @returns the 1-based line of the file as the change leaves it
 */
export function addedImportLine(
  patch: string,
  isMeant: (specifier: string) => boolean,
): number | null {
  let line = 0;
  for (const text of patch.split('\n')) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (hunk !== null) {
      line = Number(hunk[1]);
      continue;
    }
    if (text.startsWith('+') && specifiersIn(text.slice(1)).some(isMeant)) return line;
    if (!text.startsWith('-') && !text.startsWith('\\')) line += 1;
  }
  return null;
}

/** `from 'a'`, `import 'a'`, `import('a')`, `require('a')`; what stands in a comment does not count. */
const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'`])([^"'`\n]+)\1/g;

function specifiersIn(line: string): string[] {
  if (/^\s*(?:\/\/|\*|\/\*)/.test(line)) return [];
  return [...line.matchAll(IMPORT)].map(([, , specifier = '']) => specifier);
}

/** Whether a specifier leads to a package, or into it. */
export function isOfPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

/** Whether a specifier can lead to a module: by its last part, whatever its folder and ending. */
export function isOfModule(specifier: string, id: string): boolean {
  const bare = (path: string) =>
    path
      .slice(path.lastIndexOf('/') + 1)
      .replace(/[?#].*$/, '')
      .replace(/\.[^.]+$/, '');
  const name = bare(id) === 'index' ? bare(id.slice(0, id.lastIndexOf('/'))) : bare(id);
  return [name, bare(id)].includes(bare(specifier));
}
