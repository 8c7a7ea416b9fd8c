import { CHECK_OPTIONS } from './check.ts';
import { COMPARE_OPTIONS } from './compare.ts';
import { DELIVER_OPTIONS } from './deliver.ts';
import { EXPLAIN_OPTIONS } from './explain.ts';
import { commands } from './index.ts';
import { INIT_OPTIONS } from './init.ts';
import { MEASURE_OPTIONS } from './measure.ts';
import { MERGE_OPTIONS } from './merge.ts';
import type { OptionTable } from './options.ts';
import { RECORD_OPTIONS } from './record.ts';

/** The options of each command; the README's tables are held against them. */
export const OPTIONS: Readonly<Record<string, OptionTable>> = {
  check: CHECK_OPTIONS,
  init: INIT_OPTIONS,
  measure: MEASURE_OPTIONS,
  record: RECORD_OPTIONS,
  compare: COMPARE_OPTIONS,
  explain: EXPLAIN_OPTIONS,
  merge: MERGE_OPTIONS,
  deliver: DELIVER_OPTIONS,
};

/** Help for a command, or for all of them. */
export function helpText(name: string | null): string {
  const options = name === null ? CHECK_OPTIONS : OPTIONS[name];
  const command = Object.entries(commands).find(([key]) => key === name)?.[1];
  const usage = command === undefined ? '[command] [options]' : command.usage;
  const parts = [`Usage: weighbridge ${usage}`];
  if (command === undefined) parts.push(commandList());
  else parts.push(`  ${command.describes}`);
  parts.push(`Options${command === undefined ? ' of check' : ''}:\n${optionList(options ?? {})}`);
  parts.push(
    'Exit codes: 0 pass, warn or inconclusive; 1 a finding fails; 2 no report could be made.',
  );
  return `${parts.join('\n\n')}\n`;
}

function commandList(): string {
  const rows = Object.values(commands).map(({ usage, describes }) => [usage, describes] as const);
  return `Commands:\n${columns(rows)}`;
}

function optionList(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, { kind, value, describes }]) => {
    const shown =
      kind === 'value'
        ? `--${name} ${value}`
        : kind === 'maybe'
          ? `--${name}[=${value}]`
          : `--${name}`;
    return [shown, describes] as const;
  });
  return columns([...rows, ['--help', 'this text'], ['--version', 'the version']]);
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
