import picomatch from 'picomatch';

/**
 * What a glob means, as a regular expression on paths in key form. The expression alone: picomatch's
 * own matcher takes ten times as long to say the same.
 */
export function globExpression(pattern: string): RegExp {
  return picomatch.makeRe(pattern);
}
