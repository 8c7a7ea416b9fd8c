import { shorten, visible } from '../format/visible.ts';
import { UserError } from '../model/errors.ts';
import type { Finished, GitRequest } from '../model/host.ts';
import type { StoreContext } from './store.ts';

/** git in the checkout. */
export interface Git {
  /** Runs it; a code other than 0 is the caller's to read. */
  ask(args: readonly string[], request?: Partial<GitRequest>): Promise<Finished>;
  /**
   * What it wrote.
   * @throws UserError `store-unreachable` for another code than 0
   */
  bytes(args: readonly string[], request?: Partial<GitRequest>): Promise<Uint8Array>;
  /** The same as text. */
  text(args: readonly string[], request?: Partial<GitRequest>): Promise<string>;
}

/** git for a ref of our own: it runs no hook of the user's, and does no housekeeping. */
export function gitFor(ref: string, { host, folder }: StoreContext): Git {
  const ask: Git['ask'] = async (args, request) => {
    try {
      return await host.git([...SETTINGS, ...args], { folder, ...request });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw unreachableByGit(ref, error.message.replace(/\.$/, ''), error);
    }
  };
  const bytes: Git['bytes'] = async (args, request) => {
    const { code, stdout, stderr } = await ask(args, request);
    if (code !== 0) throw unreachableByGit(ref, wordsOf(stderr));
    return stdout;
  };
  return { ask, bytes, text: async (args, request) => toText(await bytes(args, request)) };
}

export function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** A shared or watched index would be the user's, and none of this is work of theirs. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.splitIndex=false',
  'core.fsmonitor=false',
  'commit.gpgSign=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** Why the ref cannot be reached, in git's words. */
export function unreachableByGit(ref: string, words: string, cause?: unknown): UserError {
  return new UserError('store-unreachable', `git ${ref} cannot be reached: ${words}.`, {
    hint: 'Check that `git fetch` and, where records are kept, `git push` work in this checkout.',
    cause,
  });
}

/** Longest sentence of git's that is passed on, in characters. */
const LONGEST = 300;

/**
 * The line that says why, without the secrets that an address may hold.
 * @param stderr what git wrote, with the words of ssh and of the server
 */
export function wordsOf(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const line = lines.find((one) => !NOISE.test(one)) ?? lines[0] ?? 'git said nothing';
  const plain = line.replace(/^(?:(?:fatal|error|remote):\s*)+/i, '').replace(/[\s.]+$/, '');
  return shorten(visible(withoutSecrets(plain)), LONGEST);
}

/** What may stand before the reason: advice, traces, and ssh's greeting of a new host. */
const NOISE = /^(?:warning:|hint:|note:|trace:|remote:\s*$|\d\d:\d\d:\d\d\.)/i;

/** A url may hold a password or a token before its host, or behind its question mark. */
function withoutSecrets(line: string): string {
  return line
    .replaceAll(/\/\/[^\s'"]*@/g, '//')
    .replaceAll(/\?[^\s'"]+/g, '')
    .replaceAll(/\b(?:gh[a-z]_|github_pat_|glpat-)[\w-]+/g, '***');
}
