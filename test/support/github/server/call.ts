import type { Token } from './world.ts';

/** One request, as far as those who answer it need to know. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  /** In GitHub's description, such as `issues/create-comment`; `null` for an unknown path. */
  readonly operation: string | null;
  readonly body: unknown;
  /** `null` without a token; `undefined` for one that nobody has minted. */
  readonly token: Token | null | undefined;
}
