import { createHash } from 'node:crypto';
import type { CheckAnnotation } from '../model/check-run.ts';
import type { Report } from '../model/report.ts';
import { annotationsOf } from './annotations.ts';
import { verdictSentence } from './sentence.ts';
import { shorten, visible } from './visible.ts';

/** Longest part of a project's name that stands in the name of its check run. */
const LONGEST_PROJECT = 60;
/** Hexadecimal digits that tell apart what looks alike. */
const DIGITS = 12;

/**
 * The name of a project's check run: plain text, bounded, and no other project's. A name that
 * cannot be shown as it is (too long, invisible characters, spaces at its ends) gets a fingerprint.
 */
export function checkName(project: string): string {
  if (project === '.') return 'Weighbridge';
  const shown = shorten(visible(project.trim()), LONGEST_PROJECT);
  if (shown === project && shown !== '') return `Weighbridge: ${project}`;
  const fingerprint = createHash('sha256').update(project).digest('hex').slice(0, DIGITS);
  return `Weighbridge: ${shown} (${fingerprint})`;
}

const LONGEST_TITLE = 255;
/** Longest foreign text in a title: two names and the numbers fit. */
const LONGEST_NAME = 80;

/** The verdict sentence as the title of a check run, which is plain text of 255 characters. */
export function checkTitle(report: Report): string {
  const quote = (text: string) => shorten(visible(text), LONGEST_NAME);
  return shorten(verdictSentence(report, quote), LONGEST_TITLE);
}

/** Annotations of each level: ten requests at most, for GitHub takes fifty at a time. */
const MOST = 500;

/**
 * One annotation for each broken or warned budget whose line is known; the summary of the check
 * run speaks of the others.
 * @param pathOf from a budgets file as the report names it to its path from the repository's root
 */
export function checkAnnotations(
  report: Report,
  pathOf: (file: string) => string,
): CheckAnnotation[] {
  return annotationsOf(report, MOST).flatMap(({ level, title, message, file, line }) => {
    if (file === null || line === null) return [];
    const path = pathOf(file);
    return [{ path, line, level: level === 'error' ? 'failure' : 'warning', title, message }];
  });
}
