import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OptionTable, parseOptions } from '../../src/commands/options.ts';

const TABLE: OptionTable = {
  config: { kind: 'value', value: 'FILE', describes: '', isRepeatable: true },
  strict: { kind: 'maybe', value: '', describes: '', isRepeatable: true },
  quiet: { kind: 'flag', value: '', describes: '', isRepeatable: true },
};

/** As Node reads the same arguments. */
function asNodeReads(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', multiple: true },
      strict: { type: 'boolean', multiple: true },
      quiet: { type: 'boolean', multiple: true },
    },
    strict: false,
    allowPositionals: true,
  });
  const texts = Object.entries(values).map(([name, list]): [string, string[]] => [
    name,
    [list ?? []].flat().map((value) => (typeof value === 'string' ? value : '')),
  ]);
  return { values: new Map(texts), positionals };
}

describe('parseOptions', () => {
  const word = fc.constantFrom(
    ...['--config', '--config=a', '--config=a=b', '--config=-', '--strict', '--strict=warn'],
    ...['--quiet', '--strict=', 'a', 'x=y', '-', '', 'config', 'a\nb', '--strict=a\nb', '--'],
  );

  it('reads arguments as Node does, and forgets no value', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        const expected = asNodeReads(args);
        const forgotten = (expected.values.get('config') ?? []).some(
          (value) => value === '' || value.startsWith('--'),
        );
        if (forgotten) expect(() => parseOptions(args, TABLE)).toThrow('--config needs a value');
        else expect(parseOptions(args, TABLE)).toEqual(expected);
      }),
    );
  });

  it.each(['--confg', '-c', '-quiet', '--toString', '--=x'])('%s is no option', (arg) => {
    expect(() => parseOptions([arg], TABLE)).toThrow('is not an option here');
  });
});
