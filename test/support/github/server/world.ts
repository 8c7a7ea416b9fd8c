import { createSign, generateKeyPairSync } from 'node:crypto';
import type {
  ArtifactSeed,
  Breach,
  IssueEventSeed,
  Permissions,
  PullFileSeed,
  PushSeed,
  RecordedRequest,
  RepositorySeed,
  RunSeed,
} from '../protocol.ts';
import type { Emulator, Row } from './emulator.ts';
import { createFaults, type Faults } from './faults.ts';
import { APP, repository, seedRepository } from './seed.ts';

export type Token =
  | { readonly kind: 'installation'; readonly permissions: Permissions }
  | { readonly kind: 'user'; readonly login: string };

/** All that one test changes: what GitHub holds, what is going to fail, what was asked so far. */
export interface World {
  readonly apiUrl: string;
  readonly emulator: Emulator;
  readonly faults: Faults;
  repository: RepositorySeed;
  readonly tokens: Map<string, Token>;
  readonly runs: Map<number, RunSeed>;
  readonly artifacts: Map<number, ArtifactSeed>;
  /** Where runs write artifacts to; known once that service has started. */
  resultsUrl: string;
  /** By the token of a run's steps. */
  readonly runtimeTokens: Map<string, { readonly run: number; readonly backend: string }>;
  /** Artifacts on their way up, by run and name: the bytes, `null` until they are whole. */
  readonly uploads: Map<string, () => Buffer | null>;
  /** The id of the last one; an id is never used twice. */
  lastUpload: number;
  /** In the order in which they happened. */
  readonly issueEvents: IssueEventSeed[];
  readonly pushes: PushSeed[];
  /** Numbers of pull requests by commit. */
  readonly commitPulls: Map<string, readonly number[]>;
  /** What pull requests change, by their numbers. */
  readonly pullFiles: Map<number, readonly PullFileSeed[]>;
  /** By check run; the emulator forgets earlier ones on an update, GitHub does not. */
  readonly annotations: Map<number, unknown[]>;
  readonly requests: RecordedRequest[];
  readonly violations: Breach[];
  readonly warnings: Breach[];
}

export function createWorld(apiUrl: string, emulator: Emulator): World {
  return {
    apiUrl,
    emulator,
    faults: createFaults(),
    repository: { owner: '', name: '', id: 0, private: false, defaultBranch: '' },
    tokens: new Map(),
    runs: new Map(),
    artifacts: new Map(),
    resultsUrl: '',
    runtimeTokens: new Map(),
    uploads: new Map(),
    // Far above the ids of seeds, so that what is uploaded is newer than they are.
    lastUpload: 5_000_000,
    issueEvents: [],
    pushes: [],
    commitPulls: new Map(),
    pullFiles: new Map(),
    annotations: new Map(),
    requests: [],
    violations: [],
    warnings: [],
  };
}

export function resetWorld(world: World, seed: RepositorySeed): void {
  world.repository = seed;
  world.faults.clear();
  const { tokens, runs, artifacts, annotations, runtimeTokens, uploads } = world;
  for (const map of [tokens, runs, artifacts, annotations, runtimeTokens, uploads]) map.clear();
  world.commitPulls.clear();
  world.pullFiles.clear();
  for (const list of [world.issueEvents, world.pushes]) list.length = 0;
  forgetRecords(world);
  seedRepository(world.emulator, seed, KEYS.privateKey);
}

export function forgetRecords({ requests, violations, warnings }: World): void {
  for (const list of [requests, violations, warnings]) list.length = 0;
}

/** The row of the repository that the tests are about. */
export function mainRepository(world: World): Row {
  return repository(world.emulator, world.repository);
}

/** A token like GITHUB_TOKEN: of the app's installation, for this repository, with these permissions. */
export async function mintToken(world: World, permissions: Permissions): Promise<string> {
  const path = `/app/installations/${APP.installation}/access_tokens`;
  const answer = await world.emulator.answer(
    new Request(`${world.apiUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${appToken()}` },
      body: JSON.stringify({ permissions, repositories: [world.repository.name] }),
    }),
  );
  const { token, message } = (await answer.json()) as { token?: string; message?: string };
  if (token === undefined) throw new Error(`no token: ${message}`);
  world.tokens.set(token, { kind: 'installation', permissions });
  return token;
}

/** A token of a person, as a personal access token is. */
export function mintUserToken(world: World, row: Row): string {
  const token = `ghp_${row.login}${world.tokens.size}`;
  world.emulator.tokens.set(token, { login: row.login, id: row.id, scopes: ['repo'] });
  world.tokens.set(token, { kind: 'user', login: row.login });
  return token;
}

const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

function appToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = { iat: now - 60, exp: now + 600, iss: String(APP.id) };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(KEYS.privateKey, 'base64url')}`;
}
