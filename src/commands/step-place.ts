import type { Client } from '../github/client.ts';
import type { Inputs } from '../github/inputs.ts';
import type { Run } from '../model/run.ts';

/** What a step has been given, and where it stands. */
export interface StepPlace {
  readonly inputs: Inputs;
  readonly run: Run;
  /** Absolute; the repository's root, whether or not anything is checked out there. */
  readonly workspace: string;
  /** Absolute; the working directory of the step. */
  readonly cwd: string;
  readonly connect: (() => Promise<Client>) | null;
}
