import { getInput } from '@actions/core';
import { COMMENT_POLICIES, type CommentPolicy } from '../model/comment-policy.ts';
import { notBuiltYet, UserError } from '../model/errors.ts';

const MODES = ['check', 'deliver'] as const;
export type Mode = (typeof MODES)[number];

export interface Inputs {
  /** Budgets files and globs of them; empty: looked for in the working directory. */
  readonly configs: readonly string[];
  readonly project: string | null;
  readonly base: string | null;
  readonly token: string;
  readonly workingDirectory: string;
  readonly comment: CommentPolicy;
  readonly checkRun: boolean;
  /** Judges what is here, or what another run has measured. */
  readonly mode: Mode;
  /** The command that builds base where no record of it is found. */
  readonly build: string | null;
  /** As `--strict` takes it; null when off. */
  readonly strict: readonly ('warn' | 'inconclusive')[];
}

/**
 * Reads the inputs of action.yml.
 * @throws UserError `input` for a value that means nothing, `not-built-yet` for reserved ones
 */
export function readInputs(event: string): Inputs {
  refuseReserved();
  return {
    configs: getInput('config')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    project: getInput('project') || null,
    base: getInput('base') || null,
    token: getInput('token'),
    workingDirectory: getInput('working-directory') || '.',
    comment: oneOf('comment', COMMENT_POLICIES, 'on-change'),
    checkRun: isTrue('check-run'),
    mode: oneOf('mode', MODES, event === 'workflow_run' ? 'deliver' : 'check'),
    build: getInput('build') || null,
    strict: strictness(getInput('strict')),
  };
}

const HINT = 'Take the input out.';

function refuseReserved(): void {
  if (!['', 'false'].includes(getInput('html'))) throw notBuiltYet('`html`', HINT);
}

function isTrue(name: string): boolean {
  const text = getInput(name).toLowerCase();
  if (text === 'true') return true;
  if (text === 'false' || text === '') return false;
  throw unknownValue(name, text, ['true', 'false']);
}

function oneOf<Value extends string>(name: string, known: readonly Value[], unsaid: Value): Value {
  const text = getInput(name) || unsaid;
  const value = known.find((one) => one === text);
  if (value === undefined) throw unknownValue(name, text, known);
  return value;
}

function strictness(text: string): readonly ('warn' | 'inconclusive')[] {
  const known = ['warn', 'inconclusive'] as const;
  if (text === '' || text.toLowerCase() === 'false') return [];
  if (text.toLowerCase() === 'true') return known;
  return text.split(',').map((part) => {
    const value = known.find((one) => one === part.trim());
    if (value === undefined) throw unknownValue('strict', part.trim(), ['true', 'false', ...known]);
    return value;
  });
}

function unknownValue(name: string, value: string, known: readonly string[]): UserError {
  return new UserError('input', `Input \`${name}\`: "${value}" is not a value.`, {
    hint: `Known: ${known.join(', ')}.`,
  });
}
