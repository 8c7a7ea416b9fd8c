import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ArtifactSeed } from '../protocol.ts';
import { json } from './answers.ts';
import type { BlobHost } from './blob-host.ts';
import { faultAnswer } from './faults.ts';
import { type Answer, listen, readBody } from './http.ts';
import type { World } from './world.ts';

/** A message as it is on the wire: names with underscores, 64-bit numbers as text. */
interface Message {
  readonly workflow_run_backend_id?: string;
  readonly name?: string;
  readonly name_filter?: string;
  readonly size?: string;
  readonly hash?: string;
}

interface Question {
  readonly world: World;
  readonly blobs: BlobHost;
  readonly asked: Message;
  /** The run that the token is of. */
  readonly run: number;
}

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';

/**
 * The service that a runner writes artifacts to, beside the API and with a token of its own. No
 * description of it is published: ours follows what GitHub's own client sends and reads.
 */
export async function startResults(world: World, blobs: BlobHost): Promise<void> {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const asked = parse((await readBody(request)).toString());
    const fault = world.faults.take(method, path);
    const given =
      fault === null
        ? answer(world, blobs, { path, asked, token: headers.authorization })
        : faultAnswer(fault, null, method);
    const servedBy = fault === null ? 'ours' : 'fault';
    const status = given?.status ?? null;
    world.requests.push({ method, path, body: asked, status, servedBy, operation: null });
    if (given === null) response.socket?.destroy();
    else response.writeHead(given.status, given.headers).end(given.body);
  }

  world.resultsUrl = await listen((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
}

/** What a runner gives the steps of one run: a token that names the run by an id of its own. */
export function mintRuntimeToken(world: World, run: number): string {
  const backend = randomUUID();
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const scp = `Actions.GenericRead:${randomUUID()} Actions.Results:${backend}:${randomUUID()}`;
  const token = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ scp })}.unsigned`;
  world.runtimeTokens.set(token, { run, backend });
  return token;
}

function answer(
  world: World,
  blobs: BlobHost,
  { path, asked, token }: { path: string; asked: Message; token: string | undefined },
): Answer {
  const method = path.startsWith(SERVICE) ? METHODS[path.slice(SERVICE.length)] : undefined;
  if (method === undefined) return twirp(404, 'bad_route');
  const known = world.runtimeTokens.get(token?.replace('Bearer ', '') ?? '');
  if (known === undefined || asked.workflow_run_backend_id !== known.backend)
    return twirp(401, 'unauthenticated');
  return method({ world, blobs, asked, run: known.run });
}

const METHODS: Readonly<Record<string, (question: Question) => Answer>> = {
  CreateArtifact: create,
  FinalizeArtifact: finalize,
  ListArtifacts: list,
  GetSignedArtifactURL: ({ blobs, ...question }) =>
    withNamed(question, ({ zip }) =>
      json(200, { signed_url: blobs.sign(Buffer.from(zip, 'base64')) }),
    ),
  DeleteArtifact: (question) =>
    withNamed(question, ({ id }) => {
      question.world.artifacts.delete(id);
      return json(200, { ok: true, artifact_id: String(id) });
    }),
};

/** Names are unique in a run. An upload that was begun and never finished holds its name as well. */
function create({ world, blobs, asked, run }: Question): Answer {
  const key = `${run} ${asked.name}`;
  if (world.uploads.has(key) || named({ world, asked, run }) !== undefined) {
    return twirp(409, 'already_exists', 'an artifact with this name already exists on the run');
  }
  const { url, bytes } = blobs.expect();
  world.uploads.set(key, bytes);
  return json(200, { ok: true, signed_upload_url: url });
}

function finalize({ world, asked, run }: Question): Answer {
  const key = `${run} ${asked.name}`;
  const bytes = world.uploads.get(key)?.() ?? null;
  if (bytes === null || bytes.length !== Number(asked.size)) return twirp(400, 'invalid_argument');
  world.uploads.delete(key);
  world.lastUpload += 1;
  const id = world.lastUpload;
  world.artifacts.set(id, {
    id,
    name: asked.name ?? '',
    runId: run,
    zip: bytes.toString('base64'),
    digest: asked.hash ?? null,
    expired: false,
    createdAt: new Date().toISOString(),
  });
  return json(200, { ok: true, artifact_id: String(id) });
}

function list({ world, asked, run }: Question): Answer {
  const { name_filter: wanted, workflow_run_backend_id } = asked;
  const artifacts = [...world.artifacts.values()]
    .filter(({ runId, name }) => runId === run && (wanted === undefined || name === wanted))
    .map(({ id, name, zip, createdAt }) => ({
      workflow_run_backend_id,
      workflow_job_run_backend_id: workflow_run_backend_id,
      database_id: String(id),
      name,
      size: String(Buffer.from(zip, 'base64').length),
      created_at: createdAt,
    }));
  return json(200, { artifacts });
}

type Asked = Pick<Question, 'world' | 'asked' | 'run'>;

function withNamed(question: Asked, format: (artifact: ArtifactSeed) => Answer): Answer {
  const artifact = named(question);
  return artifact === undefined ? twirp(404, 'not_found') : format(artifact);
}

function named({ world, asked, run }: Asked): ArtifactSeed | undefined {
  return [...world.artifacts.values()].find(
    ({ runId, name }) => runId === run && name === asked.name,
  );
}

/** An error of this protocol. */
function twirp(status: number, code: string, msg: string = code): Answer {
  return json(status, { code, msg });
}

function parse(text: string): Message {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
