import { type Asked, encodingAsked, findAsked, insideOf } from '../core/inside.ts';
import { comparedWords } from '../format/compared.ts';
import { contentsTable } from '../format/contents-table.ts';
import { differenceOf, type Wanted } from '../format/difference.ts';
import { terminalText, wrap } from '../format/terminal.ts';
import type { Encoding } from '../model/metric.ts';
import type { Report } from '../model/report.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { whyLines } from '../reporters/terminal-why.ts';

/** What a name means in a build: in head, in the report on its change, or in both. */
export interface Meaning {
  /** Null for what is gone. */
  readonly asked: Asked | null;
  readonly wanted: Wanted;
}

export interface Question extends Meaning {
  readonly snapshot: Snapshot;
  /** Null where there is nothing to compare with. */
  readonly report: Report | null;
  /** What sizes are in, where a budget does not say. */
  readonly encoding: Encoding;
}

/** Null where it means nothing. */
export function meaningOf(
  name: string | null,
  snapshot: Snapshot,
  report: Report | null,
): Meaning | null {
  if (name === null) return { asked: { kind: 'all' }, wanted: { kind: 'all' } };
  const asked = findAsked(name, snapshot);
  if (asked !== null) return { asked, wanted: wantedOf(asked, report) };
  const wanted = findGone(name, report);
  return wanted === null ? null : { asked: null, wanted };
}

function wantedOf(asked: Asked, report: Report | null): Wanted {
  switch (asked.kind) {
    case 'all':
      return asked;
    case 'budget':
      return { kind: 'budget', budget: asked.budget.name };
    case 'asset': {
      // Where two assets share a stable name, a comparison goes by their paths.
      const { path, subject } = asked.asset;
      const isByPath = report?.causes.some((cause) => cause.subject === path) ?? false;
      return { kind: 'asset', subject: isByPath ? path : subject };
    }
    case 'package':
      return asked;
    case 'module':
      return { kind: 'module', name: asked.id };
  }
}

/** What base had and head has no more. */
function findGone(name: string, report: Report | null): Wanted | null {
  const causes = report?.causes ?? [];
  if (causes.some((cause) => cause.package === name)) return { kind: 'package', name };
  if (causes.some((cause) => cause.module === name)) return { kind: 'module', name };
  return causes.some((cause) => cause.subject === name) ? { kind: 'asset', subject: name } : null;
}

/** Names that only the difference knows. */
export function goneNames(report: Report | null): string[] {
  const names = (report?.causes ?? []).flatMap((cause) => [
    cause.package,
    cause.module,
    cause.subject,
  ]);
  return [...new Set(names.filter((name) => name !== null))];
}

export interface AnswerLook {
  /** Columns. */
  readonly width: number;
  /** One of several projects: it is said which one. */
  readonly isNamed: boolean;
}

/** The difference where there is one, and else what is inside. */
export function answer(question: Question, { width, isNamed }: AnswerLook): string {
  const { snapshot, report } = question;
  const parts = [
    ...(isNamed ? [terminalText(snapshot.project)] : []),
    ...(report === null ? [] : difference(report, question.wanted, width)),
    ...(report === null || !isChanged(report, question.wanted) ? [inside(question, width)] : []),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function isChanged(report: Report, wanted: Wanted): boolean {
  return report.comparison.base !== null && differenceOf(report, wanted).length > 0;
}

function difference(report: Report, wanted: Wanted, width: number): string[] {
  const { base } = report.comparison;
  if (base === null) return [wrap(terminalText(report.meta.noBaseline ?? ''), width, '')];
  const look = { width, causes: Number.POSITIVE_INFINITY, bold: String };
  const whys = differenceOf(report, wanted).map((why) => whyLines(why, look).join('\n'));
  const compared = `${comparedWords(base, terminalText)}.`;
  if (whys.length > 0) return [...whys, wrap(compared, width, '')];
  const isUnknown = wanted.kind === 'all' && report.causes.length > 0;
  const words = isUnknown ? 'It changed, and no source map says why.' : 'Nothing of it changed.';
  return [wrap(`${words} ${compared}`, width, '')];
}

/** Lines beneath each asset and package where no name asks for all of them. */
const MOST = 20;

function inside({ snapshot, asked, encoding }: Question, width: number): string {
  if (asked === null) return '';
  const contents = insideOf(snapshot, asked, encoding);
  if (contents.length === 0) return 'Nothing is inside: it is not about bytes of files.';
  const most = asked.kind === 'all' ? MOST : Number.POSITIVE_INFINITY;
  return contentsTable(contents, { encoding: encodingAsked(asked, encoding), width, most });
}
