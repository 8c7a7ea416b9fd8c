import type { Command } from './command.ts';

/** A command: one line for the help, and its code, loaded when it runs. */
export interface CommandRow {
  readonly usage: string;
  readonly describes: string;
  readonly load: () => Promise<Command>;
}

export const commands = {
  check: {
    usage: 'check [options]',
    describes: 'measure, compare with the baseline, judge, report (the default)',
    load: async () => (await import('./check.ts')).check,
  },
  init: {
    usage: 'init [options]',
    describes: "write budgets.json with today's sizes plus 5 %, and the workflow",
    load: async () => (await import('./init.ts')).init,
  },
  measure: {
    usage: 'measure --save FILE',
    describes: 'measure only, write a snapshot',
    load: async () => (await import('./measure.ts')).measure,
  },
  record: {
    usage: 'record [options]',
    describes: "measure, and keep the snapshot as HEAD's record in the store",
    load: async () => (await import('./record.ts')).record,
  },
  compare: {
    usage: 'compare BASE HEAD',
    describes: 'judge two snapshots; builds and measures nothing',
    load: async () => (await import('./compare.ts')).compare,
  },
  explain: {
    usage: 'explain [NAME] [options]',
    describes: 'what is inside a budget, asset or package, or why it changed',
    load: async () => (await import('./explain.ts')).explain,
  },
  deliver: {
    usage: 'deliver --from FILE',
    describes: 'judge the snapshot of an untrusted run again, by the budgets here',
    load: async () => (await import('./deliver.ts')).deliver,
  },
  merge: {
    usage: 'merge FILE... --save FILE',
    describes: 'join the snapshots that the jobs of a matrix have written',
    load: async () => (await import('./merge.ts')).merge,
  },
} satisfies Record<string, CommandRow>;
