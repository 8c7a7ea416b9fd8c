import type { Report } from '../model/report.ts';

/** How a text is to look; what does not concern a reporter is ignored by it. */
export interface Look {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Longest text that the place takes, in characters. */
  readonly maxLength: number;
}

/**
 * Words for a report: pure, and reads nothing but the report. To add one, write a file that
 * exports a `Reporter` and register it in `reporters/index.ts`.
 */
export type Reporter = (report: Report, look: Look) => string;
