import { describe, expect, it } from 'vitest';
import { drawTable } from '../../src/format/table.ts';

describe('a name of two parts', () => {
  it('is cut part by part, so that both can be read', () => {
    const lead = 'src/pages/*.jsx';
    const line = {
      mark: ' ',
      cells: [`${lead}: src/pages/Today.jsx`, '1.2 kB gzip', '', '1 kB (120%)'],
      lead,
      paint: String,
      notes: [],
    } as const;
    const [, drawn = ''] = drawTable(['Budget', 'Now', '', 'Limit'], [line], 60, String).split(
      '\n',
    );

    expect(drawn).toContain('src/pa…*.jsx: src/pages…oday.jsx ');
    expect([...drawn].length).toBeLessThanOrEqual(60);
  });
});
