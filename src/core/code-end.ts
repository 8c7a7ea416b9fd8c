/**
 * Where the code of modules ends: what a bundler writes after all of them belongs to none, its
 * list of exports, the licences that it has gathered, and the name of the source map.
 * @param code the bytes of a file, as latin-1
 * @param comment where the comment that names the source map starts; null where there is none
 * @returns bytes from the start
 */
export function codeEnd(code: string, comment: number | null): number {
  let end = comment ?? code.length;
  for (let before = -1; before !== end; ) {
    before = end;
    while (end > 0 && WHITESPACE.test(code.charAt(end - 1))) end -= 1;
    end = licenceStart(code, end) ?? exportsStart(code, end) ?? end;
  }
  return end;
}

const WHITESPACE = /\s/;

function licenceStart(code: string, end: number): number | null {
  if (!code.endsWith('*/', end)) return null;
  const start = code.lastIndexOf('/*', end - 4);
  if (start < 0) return null;
  const text = code.slice(start, end);
  return /^\/\*!|@(?:license|preserve|copyright)\b/i.test(text) ? start : null;
}

/** Bytes: a search through megabytes for what is not there would take longer than all the rest. */
const LONGEST_EXPORTS = 65_536;

function exportsStart(code: string, end: number): number | null {
  if (!code.endsWith('}', end) && !code.endsWith('};', end)) return null;
  const near = Math.max(0, end - LONGEST_EXPORTS);
  const start = near + code.slice(near, end).lastIndexOf('export');
  return start >= near && /^export\s*\{[^{}]*\};?$/.test(code.slice(start, end)) ? start : null;
}
