import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

/** What a folder holds that budgets can speak of. */
export interface Discovered {
  /** The build output, in key form. */
  readonly output: string;
  readonly kinds: readonly ('script' | 'style')[];
  /** A glob of Lighthouse reports; null where there are none. */
  readonly lighthouse: string | null;
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
    if (kinds.length > 0) return { output, kinds, lighthouse: await findReports(cwd, host) };
  }
  throw new UserError('no-output', 'No build output here; build first.', {
    hint: `Looked for scripts and styles in ${OUTPUTS.join(', ')}. If yours is elsewhere, write budgets.json by hand: { "budgets": [{ "files": "FOLDER/**/*.js", "max": "100 kB" }] }`,
  });
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
