import { expect, test } from 'vitest';
import { debugIdRanges } from '../../src/core/debug-id.ts';

const ID = '0f3a8c1e-9d47-4a6b-8f10-2c5d7e9a1b34';
const found = (text: string) =>
  debugIdRanges(new TextEncoder().encode(text)).map(([start, end]) => text.slice(start, end));

test('the debug id at the end is found, wherever else it stands', () => {
  const injected = `e._sentryDebugIds[n]="${ID}",e._sentryDebugIdIdentifier="sentry-dbid-${ID}";`;
  const end = `\n//# debugId=${ID}\n//# sourceMappingURL=a.js.map\n`;
  expect(found(`${injected}a()${end}`)).toEqual([ID, ID, ID]);
  expect(found(`.a{}\n/*# debugId=${ID} */`)).toEqual([ID]);
});

test.each([
  ['an id that no comment at the end calls so', `const id="${ID}";`],
  ['a comment in the middle', `//# debugId=${ID}\n${'a();'.repeat(200)}`],
  ['no file', ''],
  ['half of one', '//# debugId=0f3a8c1e-9d47'],
])('%s is none', (_, text) => {
  expect(found(text)).toEqual([]);
});
