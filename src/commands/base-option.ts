import type { BaseRequest } from '../baseline/recall.ts';
import { UserError } from '../model/errors.ts';
import type { Console } from './command.ts';

/**
 * What `--base` asks for.
 * @throws UserError `base-missing`
 */
export async function baseOf(text: string | null, { host, cwd }: Console): Promise<BaseRequest> {
  if (text === null) return { kind: 'auto' };
  if (text === 'none') return { kind: 'none' };
  const kind = await host.kind(host.resolve(cwd, text));
  // A pipe too: `--base <(...)`.
  if (kind === 'file' || kind === 'other') return { kind: 'file', path: text };
  if (!text.endsWith('.json')) return { kind: 'ref', ref: text };
  throw new UserError('base-missing', `--base ${text}: there is no such file.`, {
    hint: 'Write it with `weighbridge measure --save FILE` where base is built.',
  });
}
