// Writes the fixtures of test/builds.test.ts: a base and a head so small that they can stand in the repository.
//
//   node tiny.mjs [FOLDER]       FOLDER is test/fixtures/tiny-builds by default
//
// Head has one more package that is loaded at once, a newer version of one that is loaded later, and a longer module.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeProject } from './project.mjs';

const FIXTURES = fileURLToPath(new URL('../../test/fixtures/tiny-builds', import.meta.url));
const ONE = fileURLToPath(new URL('build-one.mjs', import.meta.url));
const METADATA = ['meta.json', 'stats.json'];

const BUILDS = {
  base: { app: 'tiny', packages: ['dayjs'], change: {} },
  head: {
    app: 'tiny',
    packages: ['dayjs'],
    change: {
      packages: { clsx: 'clsx', dayjs: 'dayjs-new' },
      edits: {
        'src/total.js': [
          ['/** The', `import clsx from 'clsx';\n\n/** The`],
          ['`That makes', `clsx({ cheap: sum < 100, dear: sum > 1000 }) + \`That makes`],
          [
            'mind the step.',
            'mind the step; the umbrella stand is to your left, and it is not locked.',
          ],
        ],
      },
    },
  },
};

const [folder = FIXTURES] = process.argv.slice(2);
for (const bundler of ['vite-8', 'webpack-5', 'esbuild-0.28']) {
  for (const [name, project] of Object.entries(BUILDS)) write(bundler, name, project);
}

function write(bundler, name, project) {
  const scratch = mkdtempSync(join(tmpdir(), 'tiny-'));
  try {
    // Of the same name on both sides: folders are part of what bundlers write.
    const root = join(scratch, 'tiny');
    makeProject(root, project);
    const env = { ...process.env, NODE_ENV: 'production' };
    const { status, stderr } = spawnSync(process.execPath, [ONE, bundler], { cwd: root, env });
    if (status !== 0) throw new Error(`${bundler}/${name}: ${stderr}`);
    keep(root, join(folder, bundler, name));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The output, the metadata beside it, the lockfile; of maps not the sources, which nobody reads. */
function keep(root, target) {
  rmSync(target, { recursive: true, force: true });
  cpSync(join(root, 'dist'), join(target, 'dist'), { recursive: true });
  for (const file of [...METADATA, 'package.json', 'package-lock.json']) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(target, file));
  }
  for (const entry of readdirSync(target, { withFileTypes: true, recursive: true })) {
    if (entry.name.endsWith('.map')) strip(join(entry.parentPath, entry.name));
  }
}

function strip(path) {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(map));
}
