import picocolors from 'picocolors';
import { comparedWords } from '../format/compared.ts';
import { isWaiting, verdictSentence } from '../format/sentence.ts';
import { terminalText, wrap } from '../format/terminal.ts';
import type { Report, ReportFinding } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import { NOT_INSIDE_KNOWN, type Status } from '../model/verdict.ts';
import type { Look, Reporter } from './reporter.ts';
import { projectBlocks, projectRemarks } from './terminal-projects.ts';
import { type Colors, MARKS, paintOf, sectionBlocks, shortOf } from './terminal-section.ts';

const ROOM = { loud: 100, passes: 20, changes: 10, whys: 3, loosened: 20 };

/** Aligned tables, what is broken first; the last line says what to do. */
export const terminal: Reporter = (report, look) => {
  const colors = picocolors.createColors(look.color);
  const isOne = report.meta.projects === undefined;
  const blocks = isOne
    ? sectionBlocks(report, look, colors, ROOM)
    : projectBlocks(report, look, colors);
  const remarks = isOne ? remarksOf(report) : projectRemarks(report);
  const end = [
    ...remarks.map((text) => colors.dim(wrap(text, look.width, ''))),
    ...summary(report, look, colors),
  ];
  return `${[...blocks, end.join('\n')].join('\n\n')}\n`;
};

/** What was compared with what, and what went wrong on the way. */
function remarksOf(report: Report): string[] {
  const { comparison, meta } = report;
  const { base } = comparison;
  const notes = meta.notes.map(terminalText);
  if (base !== null) return [...notes, `${comparedWords(base, terminalText)}.`];
  // The last line says it, unless there is something to mend.
  const isLast = isWaiting(report) && report.verdict.status !== 'fail';
  if (meta.noBaseline === null || isLast) return notes;
  return [...notes, terminalText(meta.noBaseline)];
}

function summary(report: Report, look: Look, colors: Colors): string[] {
  const { verdict } = report;
  const paint = paintOf(verdict.status, colors);
  const short = shortOf(report);
  const quote = (text: string) => terminalText(short(text));
  const sentence = `${MARKS[verdict.status]} ${verdictSentence(report, quote)}.`;
  return [
    paint(colors.bold(wrap(sentence, look.width, '  '))),
    wrap(nextStep(report), look.width, ''),
  ];
}

/** The last line: the one thing to do. */
function nextStep(report: Report): string {
  const { verdict, meta } = report;
  for (const part of partsOf(report)) {
    const failing = part.verdict.findings.find(({ status }) => status === 'fail');
    if (failing !== undefined) return mendStep(failing, part.meta);
  }
  if (verdict.status === 'fail') {
    return 'Take the loosened limit back, or change `relaxing` on the base branch first.';
  }
  if (isWaiting({ verdict, meta }) && meta.noBaseline !== null) return meta.noBaseline;
  return STEPS[verdict.status];
}

const STEPS: Readonly<Record<Exclude<Status, 'fail'>, string>> = {
  warn: 'Warnings fail the check only with --strict.',
  inconclusive: 'Why it could not be judged is said above; it fails only with --strict.',
  pass: 'Nothing to do.',
};

function mendStep(failing: ReportFinding, meta: Report['meta']): string {
  const place = placeOf(failing.budget, meta.config);
  if (failing.actual !== null) {
    return `Make it smaller or faster, or change the limit in ${place}.`;
  }
  return `${firstStep(failing)}, or mend ${place}.`;
}

function firstStep({ metric, detail }: ReportFinding): string {
  if (detail?.startsWith(NOT_INSIDE_KNOWN)) {
    return 'Turn source maps on in your bundler, and build anew';
  }
  if (metric === 'duplicates' || metric.startsWith('size.')) return 'Build first';
  return 'Run the tool that writes the reports';
}

function placeOf(budget: string, config: Report['meta']['config']): string {
  if (config === null) return 'its budget';
  const line = config.lines[budget];
  return `${terminalText(config.file)}${line === undefined ? '' : `:${line}`}`;
}
