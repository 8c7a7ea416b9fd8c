import { readFile } from 'node:fs/promises';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

const LOOK = { width: 80, color: false, maxLength: 65_536 };
const FORMS = {
  terminal: [terminal, 'txt'],
  markdown: [markdown, 'md'],
  json: [json, 'json'],
} as const;

describe.each(Object.entries(canonicalReports))('report %s', (name, make) => {
  it.each(Object.entries(FORMS))(
    'reads in %s as its golden file',
    async (form, [write, ending]) => {
      const text = write(make(), LOOK);

      await expect(text).toMatchFileSnapshot(`../golden/${form}/${name}.${ending}`);
    },
  );

  it('keeps within 80 columns on a terminal', () => {
    const lines = terminal(make(), LOOK).split('\n');

    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('is valid against the schema that is published', async () => {
    const schema = JSON.parse(await readFile('dist/report.schema.json', 'utf8')) as object;
    const validate = new Ajv.default({ strict: false }).compile(schema);

    expect(validate(JSON.parse(json(make(), LOOK))), JSON.stringify(validate.errors)).toBe(true);
  });

  it('fits into a comment, however long its names are', () => {
    expect(markdown(make(), { ...LOOK, maxLength: 3_000 }).length).toBeLessThanOrEqual(3_000);
  });
});
