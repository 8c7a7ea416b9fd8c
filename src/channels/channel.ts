/**
 * A place where words go. To add one, write a file that exports a function which makes a
 * `Channel`, and name it in `channels/index.ts`.
 */
export interface Channel {
  readonly name: string;
  /** Longest text that the place takes, in characters (UTF-16 units). */
  readonly maxLength: number;
  /** @throws UserError when the place cannot be written; delivery never changes a verdict */
  send(text: string): Promise<void>;
}
