import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { terminal } from './terminal.ts';

/** Every form a report can be written in, by the name that `--report` takes. */
export const reporters = { terminal, markdown, json } satisfies Record<string, Reporter>;

export type ReporterName = keyof typeof reporters;
