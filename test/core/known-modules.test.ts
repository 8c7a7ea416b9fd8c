import { describe, expect, test } from 'vitest';
import { knownModules } from '../../src/core/known-modules.ts';
import { asset, digest, snapshot } from '../support/build.ts';

const stub = (name: string, sha256 = digest(name)) =>
  asset(`dist/${name}.js`, {
    raw: 20,
    content: digest('stub'),
    sha256,
    modules: [{ id: `src/${name}.js`, raw: 20 }],
  });

function idsOf(head: string, sha256 = digest('head'), base = [stub('one'), stub('two')]) {
  const one = asset(`dist/${head}.js`, { raw: 20, content: digest('stub'), sha256 });
  const known = knownModules([one], snapshot({ assets: base }));
  return known.get(one.path)?.map(({ id }) => id);
}

describe('modules that base knows, of files of one content', () => {
  test('are those of the same bytes', () => {
    expect(idsOf('one', digest('two'))).toEqual(['src/two.js']);
  });

  test('or of the same name', () => {
    expect(idsOf('two')).toEqual(['src/two.js']);
    expect(idsOf('one')).toEqual(['src/one.js']);
  });

  test('or of the only one there is', () => {
    expect(idsOf('three', digest('head'), [stub('one')])).toEqual(['src/one.js']);
  });

  test('and otherwise nobody knows whose', () => {
    expect(idsOf('three')).toBeUndefined();
  });
});
