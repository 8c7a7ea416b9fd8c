import { isBuiltin } from 'node:module';
import type { Message } from 'esbuild';
import { suggestion } from '../format/suggest.ts';
import { UserError } from '../model/errors.ts';

/** The file that imports, as it is called in messages; no file of a user's has such a name. */
export const ENTRY = '<import>';
/** Names of exports that an error lists. */
const MOST_NAMES = 30;

/** A name that a place does not export. */
export interface MissingName {
  readonly name: string;
  /** 1-based line of the file that imports. */
  readonly line: number;
}

/** What a bundler says of a build that failed; empty where it has not come to that. */
export function messagesOf(error: unknown): readonly Message[] {
  const { errors } = (error ?? {}) as { errors?: unknown };
  return Array.isArray(errors) ? (errors as Message[]) : [];
}

/** True where nothing is what the budget imports from. */
export function isMissingPlace(messages: readonly Message[]): boolean {
  return messages.some(({ text, location }) => location?.file === ENTRY && UNRESOLVED.test(text));
}

/** The first name that is no export: an error of JavaScript, a warning of TypeScript. */
export function missingName(messages: readonly Message[]): MissingName | null {
  for (const { text, location } of messages) {
    const [, name, other] = NO_EXPORT.exec(text) ?? [];
    if (location?.file !== ENTRY) continue;
    if (name !== undefined) return { name, line: location.line };
    if (other !== undefined) return { name: other, line: location.line };
  }
  return null;
}

const UNRESOLVED = /^Could not resolve "(.+)"/s;
const NO_EXPORT =
  /^No matching export in .* for import "(.+)"$|^Import "(.+)" will always be undefined/s;

/** @param known what is exported there; empty where that cannot be told */
export function noSuchExport(name: string, from: string, known: readonly string[]): UserError {
  const what = name === 'default' ? 'no default export' : `no export "${name}"`;
  const shown = known.slice(0, MOST_NAMES);
  const more = known.length > shown.length ? ` and ${known.length - shown.length} more` : '';
  const list = shown.length === 0 ? null : `It exports ${shown.join(', ')}${more}.`;
  const nearest = suggestion(name, known);
  const hint = list !== null && nearest.startsWith('Did') ? `${nearest} ${list}` : list;
  return new UserError('no-export', `${from} has ${what}.`, { hint });
}

/** What a bundler has failed on, where it stands, and what to do next. */
export function failureOf(error: unknown): UserError {
  const [first, ...others] = messagesOf(error);
  if (first === undefined) {
    const words = error instanceof Error ? error.message : String(error);
    return new UserError('bundler-failed', `esbuild cannot be run: ${words}`, {
      hint: 'Install it again: npm install --save-dev esbuild',
      cause: error,
    });
  }
  const { text, location } = first;
  const where =
    location === null ? '' : `${location.file}:${location.line}:${location.column + 1} `;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const name = UNRESOLVED.exec(text)?.[1];
  return name === undefined
    ? new UserError('import-broken', `${where}cannot be bundled: ${text}${more}.`, {
        hint: 'Mend it, or build again if it is what your build has made.',
      })
    : new UserError('import-unresolved', `${where}imports "${name}", which is not there${more}.`, {
        hint: unresolvedHint(name),
      });
}

function unresolvedHint(name: string): string {
  if (isBuiltin(name)) {
    return 'It is a module of Node: give the budget "platform": "node", or name it in `ignore`.';
  }
  return /^\.{0,2}\//.test(name)
    ? 'Build again: a file of the library is missing.'
    : 'Install it; or leave it out, as a peer dependency or in `ignore`.';
}
