import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { findLibrary, type Library } from './init-library.ts';

/** What a folder holds that budgets can speak of. */
export interface Discovered {
  /** The build output, in key form. */
  readonly output: string;
  readonly kinds: readonly ('script' | 'style')[];
  /** The page that visitors come to first; null where there is none. */
  readonly page: string | null;
  /** A glob of Lighthouse reports; null where there are none. */
  readonly lighthouse: string | null;
  /** Null where it is no library, or where none can be bundled here. */
  readonly library: Library | null;
}

/** Where bundlers and frameworks put what they build, most telling first. */
const OUTPUTS = [
  '.next/static',
  '.output/public',
  '.svelte-kit/output/client',
  'dist',
  'build',
  'out',
  'www',
  'lib',
  'public/build',
] as const;
const REPORTS = ['.lighthouseci', 'reports', 'lighthouse', 'lighthouse-reports'] as const;
const KINDS = { script: '**/*.{js,mjs}', style: '**/*.css' } as const;

/** @throws UserError `no-output` where nothing is built yet */
export async function discover(cwd: string, host: Host): Promise<Discovered> {
  for (const output of OUTPUTS) {
    const kinds: ('script' | 'style')[] = [];
    for (const kind of ['script', 'style'] as const) {
      const files = await host.glob([`${output}/${KINDS[kind]}`], cwd);
      if (files.length > 0) kinds.push(kind);
    }
    if (kinds.length === 0) continue;
    const page = await findPage(output, cwd, host);
    const library = await findLibrary(output, cwd, host);
    return { output, kinds, page, lighthouse: await findReports(cwd, host), library };
  }
  throw new UserError('no-output', 'No build output here; build first.', {
    hint: `Looked for scripts and styles in ${OUTPUTS.join(', ')}. If yours is elsewhere, write budgets.json by hand: { "budgets": [{ "files": "FOLDER/**/*.js", "max": "100 kB" }] }`,
  });
}

async function findPage(output: string, cwd: string, host: Host): Promise<string | null> {
  const page = `${output}/index.html`;
  return (await host.kind(host.resolve(cwd, page))) === 'file' ? page : null;
}

/** Only real reports count: `reports/` may hold anything. */
async function findReports(cwd: string, host: Host): Promise<string | null> {
  for (const folder of REPORTS) {
    const files = await host.glob([`${folder}/*.json`], cwd);
    for (const { path } of files) {
      const bytes = await host.read(host.resolve(cwd, path));
      const start = new TextDecoder().decode(bytes?.slice(0, 4096));
      if (start.includes('"lighthouseVersion"')) {
        return folder === '.lighthouseci' ? folder : `${folder}/*.json`;
      }
    }
  }
  return null;
}
