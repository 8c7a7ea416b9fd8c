import { describe, expect, it } from 'vitest';
import { keepEnd, lastLines } from '../../src/baseline/last-lines.ts';

describe('the last lines of an output', () => {
  it('are as many as are asked for, without empty ones', () => {
    expect(lastLines('one\n\ntwo\n  three\r\n \nfour\n', 3)).toEqual(['two', '  three', 'four']);
    expect(lastLines('one\n', 3)).toEqual(['one']);
    expect(lastLines('', 3)).toEqual([]);
  });

  it('have no colors, and every other control character written out', () => {
    const text =
      '\u001b[31mred\u001b[0m \u001b]8;;https://x.example\u0007link\u001b]8;;\u0007 \u0007\u202e';
    expect(lastLines(text, 1)).toEqual(['red link \\u{7}\\u{202e}']);
  });

  it('show what progress came to', () => {
    expect(lastLines('10%\r50%\r100% done\nnext', 2)).toEqual(['100% done', 'next']);
  });

  it('hold no commands to the runner, though colors hide them', () => {
    const [first, second] = lastLines('\u001b[1m::\u001b[0mset-output name=a::b\n##[error]x', 2);
    expect(first).not.toContain('::');
    expect(second).not.toContain('##[');
  });

  it('are cut where one is a whole bundle', () => {
    const [line = ''] = lastLines(`start${'x'.repeat(100_000)}end`, 1);
    expect(line.length).toBe(300);
    expect(line).toMatch(/^start.*…x*end$/);
  });
});

describe('keepEnd', () => {
  it('holds the end of all that was added', () => {
    const kept = keepEnd(5);
    for (const part of ['abc', 'def', '', 'gh']) kept.add(part);
    expect(kept.text()).toBe('defgh');
  });
});
