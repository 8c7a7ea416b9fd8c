import { describe, expect, it } from 'vitest';
import type { StepLog } from '../../src/commands/step-log.ts';
import { tellImporters } from '../../src/commands/tell-importers.ts';
import type { Client } from '../../src/github/client.ts';
import type { Report } from '../../src/model/report.ts';
import type { Run } from '../../src/model/run.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

const RUN = { owner: 'acme', repo: 'shop', pullRequest: { number: 7 } } as Run;

function report(): Report {
  const make = canonicalReports.causes;
  if (make === undefined) throw new Error('the report of causes is gone');
  return make();
}

const patch = (text: string) => `@@ -1,1 +1,2 @@\n const a = 1;\n+${text}`;

interface File {
  readonly filename: string;
  readonly patch?: string;
}

/** A client that lists files by pages of a hundred, and says which pages were asked for. */
function clientOf(files: readonly File[] | Error) {
  const asked: number[] = [];
  const listFiles = async ({ page }: { page: number }) => {
    asked.push(page);
    if (files instanceof Error) throw files;
    return { data: files.slice((page - 1) * 100, page * 100) };
  };
  return { asked, client: { rest: { pulls: { listFiles } } } as unknown as Client };
}

async function told(files: readonly File[] | Error, run = RUN, of = report()) {
  const { asked, client } = clientOf(files);
  const notes: unknown[] = [];
  const words: string[] = [];
  const log = {
    notice: (text: string, place: unknown) => notes.push({ text, place }),
    info: (text: string) => words.push(text),
  } as unknown as StepLog;
  const pathOf = (file: string) => `web/${file}`;
  await tellImporters({ report: of, run, connect: async () => client, pathOf }, log);
  return { asked, notes, words };
}

describe('a note on what is new', () => {
  it('stands on the line that imports it, where the pull request adds that line', async () => {
    const files = [
      { filename: 'web/src/pages/Report.tsx', patch: patch("import moment from 'moment';") },
      { filename: 'web/src/pages/Home.tsx', patch: patch('const qs = 1;') },
    ];

    expect((await told(files)).notes).toEqual([
      {
        text: 'moment@2.30.1 is new (+20.1 kB): it comes in here',
        place: { title: 'Weighbridge', file: 'web/src/pages/Report.tsx', startLine: 2 },
      },
    ]);
  });

  it('is none where the import was there before', async () => {
    const files = [{ filename: 'web/src/pages/Report.tsx', patch: patch('const b = 2;') }];

    expect((await told(files)).notes).toEqual([]);
  });

  it('asks nothing where nothing is new, or where there is no pull request', async () => {
    expect((await told([], RUN, { ...report(), causes: [] })).asked).toEqual([]);
    expect((await told([], { ...RUN, pullRequest: null })).asked).toEqual([]);
  });

  it('asks for a bounded number of pages', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ filename: `file${index}` }));

    expect((await told(many)).asked).toEqual([1, 2, 3, 4, 5]);
  });

  it('is called off by what GitHub refuses, and says so in the log alone', async () => {
    const { notes, words } = await told(new Error('403 Resource not accessible'));

    expect(notes).toEqual([]);
    expect(words.join()).toContain('403 Resource not accessible');
  });
});
