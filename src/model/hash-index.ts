/** Tokens to look for in bytes, with what makes looking cheap: `core/content.ts` makes it. */
export interface HashIndex {
  readonly tokens: ReadonlySet<string>;
  /**
   * What each pair of bytes, as a 16-bit number, may be: the start of a token, a separator and the
   * first byte of one, or both, a bit for each.
   */
  readonly pairs: Uint8Array;
  /** 1 for each number of characters that a token has. */
  readonly lengths: Uint8Array;
}
