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

describe('a name of several imports', () => {
  const names = ['lower', 'upper'].map((name) => `* from "./src/${name}-case-of-text.js"`);
  const draw = (name: string, width: number) => {
    const cells = [name, '1.2 kB gzip', '', '1 kB (120%)'] as const;
    const line = { mark: ' ', cells, paint: String, notes: [] };
    return drawTable(['Budget', 'Now', '', 'Limit'], [line], width, String).split('\n')[1] ?? '';
  };

  it('is never cut across two of them', () => {
    const name = `import ${names.join('; ')} (node; condition worker)`;
    expect(draw(name, 88)).toContain('import * from "./src/lower-case-of-text.js" and 1 more ');
    expect(draw(name, 76)).toContain('import * from "./s…r-case-of-text.js" and 1 more ');
    expect(draw(`${name}`, 200)).toContain(`${name} `);
    for (const width of [30, 44, 76, 88])
      expect(draw(name, width).length).toBeLessThanOrEqual(Math.max(width, 46));
  });

  it('is cut in the middle where it is one', () => {
    expect(draw(`import ${names[0]} (node; condition worker)`, 76)).toContain('…');
  });
});
