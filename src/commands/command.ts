import type { Host } from '../model/host.ts';

/** What a command may use of the process it runs in. */
export interface Console {
  readonly host: Host;
  /** Absolute. */
  readonly cwd: string;
  readonly width: number;
  readonly color: boolean;
  /** Reports. */
  out(text: string): void;
  /** Progress and diagnostics. */
  err(text: string): void;
}

/** One command: reads its own arguments, gives the exit code 0 or 1, throws for 2. */
export type Command = (args: readonly string[], terminal: Console) => Promise<number>;
