import type { Reporter } from './reporter.ts';

/** Every form a report can be written in, by the name that `--report` takes; loaded when used. */
export const reporters = {
  terminal: async () => (await import('./terminal.ts')).terminal,
  markdown: async () => (await import('./markdown.ts')).markdown,
  json: async () => (await import('./json.ts')).json,
} satisfies Record<string, () => Promise<Reporter>>;

export type ReporterName = keyof typeof reporters;
