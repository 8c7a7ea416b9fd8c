import type { ReportCause } from '../model/report.ts';
import { formatDelta, formatValue } from './numbers.ts';
import type { Quote } from './quote.ts';

/** What happened to one package or module, in one clause: `moment@2.30.1 is new (+3.9 kB)`. */
export function causeWords(cause: ReportCause, quote: Quote): string {
  return `${WORDS[cause.kind](cause, quote)}${importerWords(cause, quote)}`;
}

type Words = (cause: ReportCause, quote: Quote) => string;

/** The wording of every kind, for every place where causes are told. */
const WORDS: Readonly<Record<ReportCause['kind'], Words>> = {
  added: (cause, quote) =>
    `${quote(versioned(cause))} is new${copies(cause, quote)} (${amount(cause)})`,
  removed: (cause, quote) => `${quote(versioned(cause))} is gone (${amount(cause)})`,
  grown: (cause, quote) => `${quote(nameOf(cause))} grew by ${size(cause)}`,
  shrunk: (cause, quote) => `${quote(nameOf(cause))} shrank by ${size(cause)}`,
  version: (cause, quote) =>
    `${quote(nameOf(cause))} went from ${quote(cause.from ?? '')} to ${quote(cause.to ?? '')} (${amount(cause)})`,
  duplicated: (cause, quote) =>
    `${quote(nameOf(cause))} is in the build more than once${copies(cause, quote)} (${amount(cause)})`,
  moved: (cause, quote) => `${quote(nameOf(cause))} moved ${wayOf(cause)} (${amount(cause)})`,
  other: (cause) => `everything else (${amount(cause)})`,
};

/** The name of what a cause is about. */
export function nameOf({ package: name, module }: ReportCause): string {
  return name ?? module ?? '';
}

/** `moment@2.30.1`, where one version is known. */
function versioned(cause: ReportCause): string {
  const { package: name, version } = cause;
  const isOne = name !== null && version !== null && !version.includes(', ');
  return isOne ? `${name}@${version}` : nameOf(cause);
}

/** `+3.9 kB`; what is fetched late says so. */
function amount({ bytes, load, kind }: ReportCause): string {
  const late = load === 'lazy' && kind !== 'moved' && kind !== 'other' ? ', lazy' : '';
  return `${bytes === 0 ? '0 B' : formatDelta(bytes, 'byte', bytes)}${late}`;
}

function size({ bytes, load }: ReportCause): string {
  return `${formatValue(Math.abs(bytes), 'byte')}${load === 'lazy' ? ' (lazy)' : ''}`;
}

function copies({ version }: ReportCause, quote: Quote): string {
  return version?.includes(', ') ? `, as ${quote(version)}` : '';
}

function wayOf({ from, to, bytes }: ReportCause): string {
  if (from !== null && to !== null && from !== to) return `from ${from} to ${to}`;
  return bytes > 0 ? 'here from another file' : 'to another file';
}

function importerWords({ importer, kind }: ReportCause, quote: Quote): string {
  const isNew = kind === 'added' || kind === 'duplicated';
  return importer === null || !isNew ? '' : `, imported by ${quote(importer)}`;
}
