import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A row of the emulator's store. Its columns are the emulator's own business, so they are untyped here. */
// biome-ignore lint/suspicious/noExplicitAny: rows of a package that exports no types for them
export type Row = Record<string, any> & { id: number };

export interface Table {
  autoId: number;
  insert(row: Omit<Row, 'id'> & { id?: number }): Row;
  update(id: number, change: Partial<Row>): Row;
  get(id: number): Row | undefined;
  findBy(column: string, value: unknown): Row[];
  findOneBy(column: string, value: unknown): Row | undefined;
}

export type Tables = Record<
  | 'users'
  | 'orgs'
  | 'repos'
  | 'issues'
  | 'pullRequests'
  | 'labels'
  | 'comments'
  | 'branches'
  | 'refs'
  | 'commits'
  | 'trees'
  | 'blobs'
  | 'checkRuns',
  Table
>;

interface TokenOwner {
  login: string;
  id: number;
  scopes: string[];
}

export interface Emulator {
  readonly tables: Tables;
  readonly tokens: Map<string, TokenOwner>;
  readonly answer: (request: Request) => Promise<Response>;
  readonly seed: (config: object) => void;
  readonly reset: () => void;
}

/** The module of the emulator that knows GitHub. It is not exported, but reached through its file. */
interface GithubModule {
  readonly githubPlugin: { register: Register };
  readonly getGitHubStore: (store: unknown) => Tables;
  readonly seedFromConfig: (store: unknown, url: string, config: object) => void;
}

type Register = (
  app: { fetch(request: Request): Promise<Response> },
  store: unknown,
  webhooks: unknown,
  url: string,
  tokens: Map<string, TokenOwner>,
) => void;

/**
 * Starts the pinned emulator in this process.
 *
 * Over its API alone neither the ids of commits nor the number of a pull request can be chosen, and 250 comments
 * take 250 requests. So the plugin's `register` is wrapped to get hold of its store. That leans on the inside of
 * one version, which is why that version is pinned.
 *
 * @param publicUrl what its answers give as GitHub's address
 */
export async function startEmulator(apiModule: string, publicUrl: string): Promise<Emulator> {
  const github: GithubModule = await import(githubModule(apiModule));
  const registered = captureRegister(github);
  const { createEmulator } = await import(pathToFileURL(apiModule).href);
  const { reset } = await createEmulator({ service: 'github', port: 0, baseUrl: publicUrl });
  const [app, store, , , tokens] = await registered;
  return {
    tables: github.getGitHubStore(store),
    tokens,
    answer: (request) => app.fetch(request),
    seed: (config) => github.seedFromConfig(store, publicUrl, config),
    reset,
  };
}

/** The file's name holds a hash, so it is read out of the module that loads it. */
function githubModule(apiModule: string): string {
  const [, file] =
    /import\("(\.\/[^"]+)"\);\s*return \{\s*plugin: mod\.githubPlugin/.exec(
      readFileSync(apiModule, 'utf8'),
    ) ?? [];
  if (file === undefined)
    throw new Error(`${apiModule} is not the emulator's version that this was written for`);
  return pathToFileURL(join(dirname(apiModule), file)).href;
}

function captureRegister({ githubPlugin }: GithubModule): Promise<Parameters<Register>> {
  const register = githubPlugin.register.bind(githubPlugin);
  return new Promise((resolve) => {
    githubPlugin.register = (...given) => {
      resolve(given);
      register(...given);
    };
  });
}
