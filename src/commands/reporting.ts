import { channels } from '../channels/index.ts';
import { isFailure, LENIENT, type Strictness } from '../core/outcome.ts';
import { type Delivery, deliver } from '../deliver.ts';
import { verdictSentence } from '../format/sentence.ts';
import { suggestion } from '../format/suggest.ts';
import { terminalText } from '../format/terminal.ts';
import { notBuiltYet, UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { type ReporterName, reporters } from '../reporters/index.ts';
import type { Console } from './command.ts';
import { type OptionTable, optionOf, type Parsed } from './options.ts';

/** Options of every command that makes a report. */
export const REPORTING: OptionTable = {
  report: {
    kind: 'value',
    value: 'FORMAT[=FILE]',
    describes: 'terminal (default), markdown, json; repeatable',
    isRepeatable: true,
  },
  strict: {
    kind: 'maybe',
    value: 'warn,inconclusive',
    describes: 'exit 1 on warnings and on what could not be judged, too',
  },
};

/** Formats that a later version builds. */
const RESERVED_FORMATS = ['html'] as const;

/** Reads `--report`; before anything is measured, so that a slip costs nothing. */
export function deliveriesOf(options: Parsed, terminal: Console): Delivery[] {
  const asked = options.values.get('report') ?? ['terminal'];
  const deliveries = asked.map((text) => deliveryOf(text, terminal));
  if (deliveries.filter(({ channel }) => channel.name === 'stdout').length > 1) {
    throw new UserError('two-on-stdout', 'Two reports cannot both go to stdout.', {
      hint: 'Give all but one a file: --report json=report.json.',
    });
  }
  return deliveries;
}

function deliveryOf(text: string, { host, cwd, out }: Console): Delivery {
  const [form = '', ...rest] = text.split('=');
  const path = rest.join('=');
  if ((RESERVED_FORMATS as readonly string[]).includes(form)) {
    throw notBuiltYet(`The ${form} report`, `Formats: ${Object.keys(reporters).join(', ')}.`);
  }
  if (!Object.hasOwn(reporters, form)) {
    throw new UserError('unknown-format', `"${form}" is not a report format.`, {
      hint: suggestion(form, Object.keys(reporters)),
    });
  }
  if (rest.length > 0 && path === '') {
    throw new UserError('option-value', `--report ${text} names no file.`);
  }
  const channel = path === '' ? channels.stdout(out) : channels.file(host.resolve(cwd, path), host);
  return { form: form as ReporterName, channel };
}

/** Reads `--strict`. */
export function strictnessOf(options: Parsed): Strictness {
  const text = optionOf(options, 'strict');
  if (text === null) return LENIENT;
  const known = ['warn', 'inconclusive'] as const;
  const asked = text === '' ? [...known] : text.split(',');
  const statuses = asked.map((name) => {
    const status = known.find((one) => one === name);
    if (status !== undefined) return status;
    throw new UserError('option-value', `--strict=${text}: "${name}" is not a status.`, {
      hint: suggestion(name, known),
    });
  });
  return { statuses, isAdoption: false };
}

/** Writes every report, and gives the exit code. */
export async function conclude(
  report: Report,
  {
    deliveries,
    strictness,
    options,
    terminal,
  }: {
    readonly deliveries: readonly Delivery[];
    readonly strictness: Strictness;
    readonly options: Parsed;
    readonly terminal: Console;
  },
): Promise<number> {
  const isQuiet = options.values.has('quiet') && report.verdict.status === 'pass';
  // A file that was asked for is there, whatever it says.
  const isUnwanted = ({ form, channel }: Delivery) =>
    isQuiet && form === 'terminal' && channel.name === 'stdout';
  const wanted = deliveries.filter((delivery) => !isUnwanted(delivery));
  const { width, color } = terminal;
  await deliver(report, wanted, { width, color: color && !options.values.has('no-color') });
  const isRed = isFailure(report, strictness);
  // Reports that all went into files would leave a red run without a word.
  const isMute = wanted.every(({ channel }) => channel.name !== 'stdout');
  if (isRed && isMute) terminal.err(`${verdictSentence(report, terminalText)}.\n`);
  if (isRed && report.verdict.status !== 'fail') terminal.err('Failed because of --strict.\n');
  return isRed ? 1 : 0;
}
