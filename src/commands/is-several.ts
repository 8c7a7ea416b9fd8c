import { isGlob } from '../core/select.ts';

/**
 * Whether budgets files are told of together, under one name. By what the input says, never by
 * what it finds: a second file that appears must not move the comment of the first.
 */
export function isSeveral([first = '', ...others]: readonly string[]): boolean {
  return others.length > 0 || isGlob(first);
}
