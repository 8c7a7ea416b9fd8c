import { describe, expect, test } from 'vitest';
import { isPlausibleHash } from '../../src/core/plausible-hash.ts';
import {
  displayPattern,
  isGlob,
  isNegated,
  isOnPage,
  matcherOf,
  walkPattern,
} from '../../src/core/select.ts';

const matches = (patterns: string | string[], path: string) =>
  matcherOf([patterns].flat(), isPlausibleHash)(path);

describe('globs', () => {
  test('a plain path is that path', () => {
    expect(matches('dist/app.js', 'dist/app.js')).toBe(true);
    expect(matches('dist/app.js', 'dist/app.jsx')).toBe(false);
    expect(matches('dist/app.js', 'dist/xapp.js')).toBe(false);
  });

  test('a star stays in its folder, two stars do not', () => {
    expect(matches('dist/*.js', 'dist/a.js')).toBe(true);
    expect(matches('dist/*.js', 'dist/sub/a.js')).toBe(false);
    expect(matches('dist/**/*.js', 'dist/sub/deep/a.js')).toBe(true);
    expect(matches('dist/**/*.js', 'dist/a.js')).toBe(true);
  });

  test('braces, one of whose alternatives may be empty', () => {
    expect(matches('dist/*.{js,css}', 'dist/a.css')).toBe(true);
    expect(matches('dist/*.{js,css}', 'dist/a.html')).toBe(false);
    expect(matches('dist/app{,.min}.js', 'dist/app.js')).toBe(true);
    expect(matches('dist/app{,.min}.js', 'dist/app.min.js')).toBe(true);
    expect(matches('dist/{app,vendor}-[hash].js', 'dist/vendor-DmFkd93s.js')).toBe(true);
  });

  test('an extglob is no negation', () => {
    expect(isNegated('!(a).js')).toBe(false);
    expect(matches('dist/!(vendor).js', 'dist/app.js')).toBe(true);
    expect(matches('dist/!(vendor).js', 'dist/vendor.js')).toBe(false);
  });

  test('a negation counts within its list, in any order', () => {
    expect(isNegated('!dist/a.js')).toBe(true);
    expect(matches(['!dist/a.js', 'dist/*.js'], 'dist/a.js')).toBe(false);
    expect(matches(['dist/*.js', '!dist/a.js'], 'dist/b.js')).toBe(true);
  });

  test('negations alone match nothing', () => {
    expect(matches('!dist/a.js', 'dist/b.js')).toBe(false);
  });
});

describe('Names: traps', () => {
  test('dot-directories skipped: they match where they are named', () => {
    expect(matches('.next/static/**/*.js', '.next/static/chunks/a.js')).toBe(true);
    expect(matches('.output/public/*.js', '.output/public/a.js')).toBe(true);
  });

  test('`[id].js` taken for a glob class: escaped brackets are literal', () => {
    expect(matches('pages/\\[id\\].js', 'pages/[id].js')).toBe(true);
    expect(matches('pages/\\[id\\].js', 'pages/i.js')).toBe(false);
    expect(matches('pages/**/\\[...slug\\].js', 'pages/a/[...slug].js')).toBe(true);
  });

  test('escaped brackets beside braces stay literal', () => {
    expect(matches('pages/{a,b}/\\[id\\].js', 'pages/b/[id].js')).toBe(true);
    expect(matches('pages/{a,b}/\\[id\\].js', 'pages/b/i.js')).toBe(false);
  });

  test('people see a pattern as they wrote it', () => {
    expect(displayPattern('pages/\\[id\\].js')).toBe('pages/[id].js');
  });

  test('a bracket that is no name is a glob class', () => {
    expect(matches('dist/[ab].js', 'dist/a.js')).toBe(true);
    expect(matches('dist/[ab].js', 'dist/c.js')).toBe(false);
  });

  test('names with |, backticks, <, @, ** and newlines match as plain paths', () => {
    for (const name of ['a|b', '`x`', '<img>', '@ana', 'a\nb', 'a b', 'ä']) {
      expect(matches('dist/*', `dist/${name}.js`)).toBe(true);
      expect(matches(`dist/${name}.js`, `dist/${name}.js`)).toBe(true);
    }
  });
});

describe('left out unless a pattern ends so', () => {
  const left = ['a.js.map', 'a.js.gz', 'a.js.br', 'a.js.LICENSE.txt'];

  test('*.map, *.gz, *.br and *.LICENSE.txt', () => {
    for (const name of left) {
      expect(matches('dist/**', `dist/${name}`)).toBe(false);
      expect(matches('dist/*', `dist/${name}`)).toBe(false);
    }
    expect(matches('dist/**', 'dist/a.txt')).toBe(true);
  });

  test('a pattern that ends so means them', () => {
    expect(matches('dist/*.map', 'dist/a.js.map')).toBe(true);
    expect(matches('dist/*.{js,gz}', 'dist/a.js.gz')).toBe(true);
    expect(matches('dist/*.{js,gz}', 'dist/a.js.br')).toBe(false);
    expect(matches('dist/a.js.LICENSE.txt', 'dist/a.js.LICENSE.txt')).toBe(true);
  });

  test('one pattern of a list does not speak for the others', () => {
    expect(matches(['dist/*.js', 'maps/*.map'], 'dist/a.js.map')).toBe(false);
  });

  test('a negation takes them out without naming them', () => {
    expect(matches(['dist/*.map', '!dist/a*'], 'dist/a.js.map')).toBe(false);
  });
});

describe('[hash]', () => {
  test('stands for one content hash', () => {
    expect(matches('dist/index-[hash].js', 'dist/index-DmFkd93s.js')).toBe(true);
    expect(matches('dist/index.[hash].js', 'dist/index.3f2a9c1b.js')).toBe(true);
    expect(matches('dist/[hash].js', 'dist/3f2a9c1b7d6e5f40.js')).toBe(true);
  });

  test('is no word, nothing and no folder', () => {
    expect(matches('dist/user-[hash].js', 'dist/user-settings.js')).toBe(false);
    expect(matches('dist/index-[hash].js', 'dist/index-.js')).toBe(false);
    expect(matches('dist/index-[hash].js', 'dist/index-DmFkd93s/a.js')).toBe(false);
  });

  test('beside other globs', () => {
    expect(matches('dist/**/*-[hash].{js,css}', 'dist/a/b-DmFkd93s.css')).toBe(true);
    expect(matches('dist/**/*-[hash].{js,css}', 'dist/a/b-component.css')).toBe(false);
  });

  test('each of two stands for a hash of its own', () => {
    const two = 'dist/[hash]/index-[hash].js';
    expect(matches(two, 'dist/3f2a9c1b/index-DmFkd93s.js')).toBe(true);
    expect(matches(two, 'dist/components/index-DmFkd93s.js')).toBe(false);
  });

  test('is walked as anything, and tested afterwards', () => {
    expect(walkPattern('dist/a-[hash].js')).toBe('dist/a-*.js');
  });
});

test('isGlob: can match more than the path it spells', () => {
  expect(['a/*.js', 'a/?.js', 'a/{b,c}', '[a]', '!(a)'].every(isGlob)).toBe(true);
  expect(isGlob('dist/app-1.2_x.js')).toBe(false);
});

test('a page speaks of its steps too, and of no other page', () => {
  expect(isOnPage('/checkout', '/checkout')).toBe(true);
  expect(isOnPage('/checkout (timespan)', '/checkout')).toBe(true);
  expect(isOnPage('/checkout2', '/checkout')).toBe(false);
  expect(isOnPage('/', '/checkout')).toBe(false);
  expect(isOnPage('/anything', null)).toBe(true);
});
