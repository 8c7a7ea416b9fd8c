import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCKFILES, lockedVersion } from '../../src/core/locked-versions.ts';

const npm = {
  lockfileVersion: 3,
  packages: {
    '': { version: '0.0.1' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/@s/b': { version: '2.0.0' },
    'node_modules/@s/b/node_modules/a': { version: '3.0.0' },
  },
};
const npm1 = {
  lockfileVersion: 1,
  dependencies: {
    a: { version: '1.0.0' },
    '@s/b': { version: '2.0.0', dependencies: { a: { version: '3.0.0' } } },
  },
};
const pnpm = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      c:
        version: 9.9.9

packages:

  '@s/b@2.0.0':
    resolution: {integrity: sha512-x}

  a@1.0.0:
    resolution: {integrity: sha512-x}

  a@3.0.0(c@1.0.0):
    resolution: {integrity: sha512-x}
`;
const pnpm5 = `packages:

  /@s/b/2.0.0_a@1.0.0:
    dev: false
  /a/1.0.0:
    dev: false
  /a/3.0.0:
    dev: false
`;
const pnpm6 = `packages:

  /@s/b@2.0.0(a@1.0.0):
    dev: false
  /a@1.0.0:
    dev: false
  /a@3.0.0:
    dev: false
`;
const yarn = `# yarn lockfile v1


"@s/b@^2.0.0", "@s/b@~2":
  version "2.0.0"
  resolved "https://r/b"

a@^1.0.0:
  version "1.0.0"

a@^3.0.0:
  version "3.0.0"
`;
const berry = `__metadata:
  version: 8

"@s/b@npm:^2.0.0, @s/b@npm:~2":
  version: 2.0.0
  resolution: "@s/b@npm:2.0.0"

"a@npm:^1.0.0":
  version: 1.0.0

"a@npm:^3.0.0":
  version: 3.0.0
`;
const bun = `{
  "lockfileVersion": 1,
  "packages": {
    "@s/b": ["@s/b@2.0.0", "", {}, "sha512-x"],

    "a": ["a@1.0.0", "", {}, "sha512-x"],

    "@s/b/a": ["a@3.0.0", "", {}, "sha512-x"],
  }
}`;

const nested = 'node_modules/@s/b/node_modules/a';

describe('a lockfile', () => {
  it.each([
    ['package-lock.json', JSON.stringify(npm), '1.0.0', '3.0.0'],
    ['package-lock.json', JSON.stringify(npm1), '1.0.0', '3.0.0'],
    ['pnpm-lock.yaml', pnpm, null, null],
    ['pnpm-lock.yaml', pnpm6, null, null],
    ['pnpm-lock.yaml', pnpm5, null, null],
    ['yarn.lock', yarn, null, null],
    ['yarn.lock', berry, null, null],
    ['bun.lock', bun, '1.0.0', '3.0.0'],
  ] as const)(
    '%s says the versions of copies, and none where it is not sure',
    (name, text, top, inner) => {
      const locked = LOCKFILES[name](text);
      expect(lockedVersion('node_modules/@s/b', '@s/b', locked)).toBe('2.0.0');
      expect(lockedVersion('../../node_modules/@s/b', '@s/b', locked)).toBe('2.0.0');
      expect(lockedVersion('node_modules/a', 'a', locked)).toBe(top);
      expect(lockedVersion(nested, 'a', locked)).toBe(inner);
      expect(lockedVersion('node_modules/c', 'c', locked)).toBeNull();
      expect([...(locked.byName.get('a') ?? [])]).toEqual(['1.0.0', '3.0.0']);
    },
  );

  it('has an end, however many of its lines are blank', () => {
    const blank = '\n'.repeat(300_000);
    for (const read of Object.values(LOCKFILES)) {
      expect(read(`packages:${blank}`).byName.size).toBe(0);
    }
  });

  it('that is none says nothing', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.nat(berry.length).map((cut) => berry.slice(0, cut)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const read of Object.values(LOCKFILES)) {
          expect(lockedVersion('node_modules/x', 'x', read(text))).toBeNull();
        }
      }),
    );
  });
});
