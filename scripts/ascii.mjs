// A build step: a chunk is ASCII, with other characters escaped. One sign above Latin-1 makes V8 hold the
// whole source in two bytes a character, which costs a start of `engine` a twentieth.
const BEYOND = /[^\0-\x7f]/g;

/** The same code: in what minified code can hold them, names, strings and patterns, an escape is its character. */
export function withAscii(code) {
  return code.replaceAll(
    BEYOND,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
