import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { measure } from '../../src/measure.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Host } from '../../src/model/host.ts';
import { memoryHost } from '../support/memory-host.ts';

const INSTALLED = [
  'moment',
  'lodash-es',
  'vue',
  '@angular/core',
  'react-dom',
  'ramda',
  'redux',
  'core-js',
  'colors',
  'styled-components',
];

/** The notes of a build with a budget that bans a package. */
async function notesOn(
  name: string,
  files: Record<string, string> = {},
  unreadable: readonly string[] = [],
): Promise<string[]> {
  const memory = memoryHost({
    'budgets.json': JSON.stringify({ track: 'dist/*.js', budgets: [{ package: name, max: 0 }] }),
    'dist/a.js': 'export {};',
    'package.json': JSON.stringify({
      dependencies: Object.fromEntries(INSTALLED.map((one) => [one, '1'])),
    }),
    ...files,
  });
  const host: Host = {
    ...memory,
    read: async (path) => {
      if (!unreadable.includes(path)) return memory.read(path);
      throw new UserError('unreadable', `${path} cannot be read.`);
    },
  };
  const { notes } = await measure(await loadConfig(null, memory.cwd, memory), host, null);
  return notes.filter((note) => note.includes('installed'));
}

describe('a budget on a package', () => {
  it('with a slip in its name is told of: with `max: 0` it would hold for ever', async () => {
    expect(await notesOn('momnet')).toEqual([
      expect.stringMatching(/^No package "momnet" is installed .* but "moment" is: /),
    ]);
  });

  it.each([
    ['styled-component', 'styled-components'],
    ['momment', 'moment'],
    ['@anuglar/core', '@angular/core'],
    ['@angular/croe', '@angular/core'],
  ])('with the slip %s is told of %s', async (name, meant) => {
    expect(await notesOn(name, { 'yarn.lock': `${meant}@^1:\n` })).toEqual([
      expect.stringContaining(`but "${meant}" is`),
    ]);
  });

  it.each([
    ...['moment', 'lodash', 'vuex', 'left-pad', 'foment', 'color', '@angular/forms'],
    ...['@angular/common', '@other/core', 'react-dnd', 'rambda', 'remix', 'core-rs'],
  ])('on %s, which is a package by itself, is told nothing', async (name) => {
    expect(await notesOn(name)).toEqual([]);
  });

  it('is told nothing where the package is installed, or in a lockfile', async () => {
    expect(await notesOn('momnet', { 'node_modules/momnet/package.json': '{}' })).toEqual([]);
    expect(await notesOn('momnet', { 'package-lock.json': '{"node_modules/momnet":{}}' })).toEqual(
      [],
    );
    expect(await notesOn('momnet', { 'pnpm-lock.yaml': "  'momnet@1.0.0':\n" })).toEqual([]);
  });

  it('never ends a check for a lockfile or a package.json that cannot be read', async () => {
    const unreadable = ['/package-lock.json', '/repo/yarn.lock', '/package.json'];
    expect(await notesOn('momnet', {}, unreadable)).toHaveLength(1);
    expect(await notesOn('momnet', {}, ['/repo/package.json'])).toEqual([]);
  });
});
