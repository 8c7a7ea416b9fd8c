import { describe, expect, test } from 'vitest';
import { findConfig } from '../../src/config/find.ts';
import { CONFIG_NAMES } from '../../src/model/config-names.ts';
import { memoryHost } from '../support/memory-host.ts';

const manifest = JSON.stringify({ name: 'shop', weighbridge: { budgets: [] } });
const find = (files: Record<string, string>, named: string | null = null, cwd = '/repo') =>
  findConfig(named, cwd, memoryHost(files));

describe('in the working directory', () => {
  test.each([...CONFIG_NAMES])('%s', async (name) => {
    expect(await find({ [name]: '' })).toEqual({
      path: `/repo/${name}`,
      folder: '/repo',
      shown: name,
      key: null,
    });
  });

  test('the `weighbridge` key of package.json', async () => {
    expect(await find({ 'package.json': manifest })).toMatchObject({ key: 'weighbridge' });
  });

  test('a package.json without the key is none', async () => {
    await expect(find({ 'package.json': '{ "scripts": { "weighbridge": "x" } }' })).rejects.toThrow(
      'No budgets file',
    );
  });

  test('the same key elsewhere in package.json is another thing', async () => {
    const overrides = JSON.stringify({ overrides: { weighbridge: { zod: '4.0.0' } } });
    expect(await find({ 'budgets.json': '{}', 'package.json': overrides })).toMatchObject({
      shown: 'budgets.json',
    });
  });

  test('not in a folder above or below', async () => {
    await expect(find({ 'app/budgets.json': '{}' })).rejects.toThrow('No budgets file');
    await expect(find({ 'budgets.json': '{}' }, null, '/repo/app')).rejects.toThrow('app');
  });

  test('none: an error that names init', async () => {
    await expect(find({})).rejects.toMatchObject({
      code: 'no-config',
      hint: expect.stringContaining('weighbridge init'),
    });
  });

  test('two: only one would be obeyed', async () => {
    await expect(find({ 'budgets.json': '{}', 'budgets.jsonc': '{}' })).rejects.toThrow(
      'budgets.json and budgets.jsonc',
    );
    await expect(find({ 'budgets.json': '{}', 'package.json': manifest })).rejects.toThrow(
      'budgets.json and package.json',
    );
  });
});

describe('--config FILE', () => {
  test('names another, whose folder the patterns are relative to', async () => {
    expect(await find({ 'app/my.json': '{}' }, 'app/my.json')).toEqual({
      path: '/repo/app/my.json',
      folder: '/repo/app',
      shown: 'app/my.json',
      key: null,
    });
  });

  test('names a package.json', async () => {
    expect(await find({ 'app/package.json': manifest }, 'app/package.json')).toMatchObject({
      key: 'weighbridge',
    });
  });

  test('wins over what lies in the folder', async () => {
    expect(await find({ 'budgets.json': '{}', 'b.json': '{}' }, 'b.json')).toMatchObject({
      shown: 'b.json',
    });
  });

  test('that is not there, or a folder', async () => {
    await expect(find({}, 'gone.json')).rejects.toThrow('gone.json does not exist');
    await expect(find({ 'app/budgets.json': '{}' }, 'app')).rejects.toThrow('app is a folder');
  });
});
