import { getInput } from '@actions/core';
import { COMMENT_POLICIES, type CommentPolicy } from '../model/comment-policy.ts';
import { notBuiltYet, UserError } from '../model/errors.ts';

export interface Inputs {
  /** Null: looked for in the working directory. */
  readonly config: string | null;
  readonly project: string | null;
  readonly base: string | null;
  readonly token: string;
  readonly workingDirectory: string;
  readonly comment: CommentPolicy;
  readonly checkRun: boolean;
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
  refuseReserved(event);
  return {
    config: getInput('config') || null,
    project: getInput('project') || null,
    base: getInput('base') || null,
    token: getInput('token'),
    workingDirectory: getInput('working-directory') || '.',
    comment: oneOf('comment', COMMENT_POLICIES, 'on-change'),
    checkRun: isTrue('check-run'),
    build: getInput('build') || null,
    strict: strictness(getInput('strict')),
  };
}

const HINT = 'Take the input out.';

function refuseReserved(event: string): void {
  const mode = getInput('mode') || (event === 'workflow_run' ? 'deliver' : 'check');
  if (mode !== 'check' && mode !== 'deliver')
    throw unknownValue('mode', mode, ['check', 'deliver']);
  if (mode === 'deliver') throw notBuiltYet('`mode: deliver`', HINT);
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
