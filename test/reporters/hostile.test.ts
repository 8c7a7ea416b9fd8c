import { describe, expect, it } from 'vitest';
import { codeSpan, escapeMarkdown } from '../../src/format/markdown.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { canonicalReports } from '../support/canonical-reports.ts';
import { StepLog } from '../support/github/step-log.ts';
import {
  foreignElements,
  LINKED,
  nodesOf,
  proseOf,
  rendered,
} from '../support/rendered-markdown.ts';

const LOOK = { width: 80, color: false, maxLength: 65_536 };

describe.each([
  ['file', 'hostile-names'],
  ['project', 'hostile-projects'],
  ['package or module', 'hostile-causes'],
])(
  'the name of a %s is never markup, a mention or a link (traps: injection from a fork)',
  (_, name) => {
    const report = canonicalReports[name]?.();
    if (report === undefined) throw new Error(`the report ${name} is gone`);

    it('makes no element in Markdown that we did not write', () => {
      expect(foreignElements(rendered(markdown(report, LOOK)))).toEqual([]);
    });

    it('mentions nobody and links nothing', () => {
      const prose = proseOf(rendered(markdown(report, LOOK)));

      expect(prose).toContain('octocat');
      expect(prose).not.toMatch(LINKED);
    });

    it('keeps every table whole: a row has as many cells as its header', () => {
      const rows = nodesOf(rendered(markdown(report, LOOK))).filter(
        ({ nodeName }) => nodeName === 'tr',
      );
      const cells = rows.map(
        (row) =>
          nodesOf(row).filter(({ nodeName }) => nodeName === 'td' || nodeName === 'th').length,
      );

      expect(new Set(cells)).toEqual(new Set([5]));
    });

    it('gives the runner of GitHub no command', () => {
      const log = new StepLog('/repo');
      for (const line of terminal(report, LOOK).split(/\r\n|\r|\n/)) log.read(line);

      expect(log.commands).toEqual([]);
      expect(log.failed).toBe(false);
    });

    it('lets no control character reach a terminal', () => {
      const shown = terminal(report, LOOK).replaceAll('\n', '');

      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    });
  },
);

describe.each([
  '`',
  '``',
  '` `',
  '|',
  '\\',
  '\\|',
  ' ',
  '',
  'a`b',
  '``a`',
  '<b>',
  '\n',
  '@me',
  'x'.repeat(500),
])('a name %j', (name) => {
  it('as a code span is one code element', () => {
    const cell = rendered(`| a |\n|---|\n| ${codeSpan(name)} |`);
    const elements = nodesOf(cell).filter(({ nodeName }) => !nodeName.startsWith('#'));

    expect(elements.map(({ nodeName }) => nodeName)).toEqual([
      'table',
      'thead',
      'tr',
      'th',
      'tbody',
      'tr',
      'td',
      'code',
    ]);
  });

  it('as text is text', () => {
    const elements = nodesOf(rendered(`x ${escapeMarkdown(name)} x`)).map(
      ({ nodeName }) => nodeName,
    );

    expect(elements.filter((element) => !element.startsWith('#'))).toEqual(['p']);
  });
});

describe('the words of a limit, which a snapshot brings along', () => {
  const make = canonicalReports['hostile-names'];
  const whole = make?.();
  if (whole === undefined) throw new Error('the report of hostile names is gone');
  const relative = whole.verdict.findings.filter(({ rule }) => rule === 'max-increase');

  const unique = new Map(relative.map((finding) => [finding.limit, finding]));

  it.each([...unique])('stay text in the sentence and in the table: %j', (_, finding) => {
    const alone = { ...whole, verdict: { ...whole.verdict, findings: [finding] } };
    const shown = rendered(markdown(alone, LOOK));

    expect(foreignElements(shown)).toEqual([]);
    expect(proseOf(shown)).not.toMatch(LINKED);
  });
});
