import { expect, test } from 'vitest';
import { nameAssets } from '../../src/core/name-assets.ts';
import { asset } from '../support/build.ts';

const hashes = (path: string, ...tokens: string[]) => ({ hashes: new Map([[path, tokens]]) });
const subjectOf = (path: string, ...tokens: string[]) =>
  nameAssets([asset(path)], hashes(path, ...tokens))[0]?.subject;

test('a hash that the bundler tells is one, whatever it looks like', () => {
  expect(subjectOf('dist/main.12345678.js', '12345678')).toBe('dist/main.[hash].js');
  expect(subjectOf('dist/defaced/defaced.js', 'defaced')).toBe('dist/defaced/[hash].js');
});

test('what does not stand in the name, or is too short to say so, changes nothing', () => {
  expect(subjectOf('dist/main.js', 'f00dfeed')).toBe('dist/main.js');
  expect(subjectOf('dist/main.js', 'm', '')).toBe('dist/main.js');
});

test('no path takes the name of another one', () => {
  const paths = ['dist/a-[hash].js', 'dist/a-123456.js'];
  const named = nameAssets(
    paths.map((path) => asset(path)),
    hashes('dist/a-123456.js', '123456'),
  );
  expect(named.map(({ subject }) => subject)).toEqual(paths);
});

test('origins stand beside names', () => {
  const origins = new Map([['a.js', 'src/a.ts']]);
  expect(nameAssets([asset('a.js'), asset('b.js')], { origins })).toMatchObject([
    { path: 'a.js', origin: 'src/a.ts' },
    { path: 'b.js' },
  ]);
});
