import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, RecordedRequest } from '../protocol.ts';
import { acceptedPermissions, failure } from './answers.ts';
import type { Call } from './call.ts';
import { faultAnswer } from './faults.ts';
import { createGaps, isViewerQuery, VIEWER } from './gaps.ts';
import { type Answer, readBody } from './http.ts';
import { loadOpenApi, type OpenApi, type Operation } from './openapi.ts';
import type { World } from './world.ts';

/** `null` when there is no answer, for the connection is cut. */
interface Outcome {
  readonly answer: Answer | null;
  readonly servedBy: RecordedRequest['servedBy'];
}

const CUT: Outcome = { answer: null, servedBy: 'fault' };

interface Incoming {
  readonly call: Call;
  readonly operation: Operation | null;
  readonly text: string;
  readonly headers: Headers;
}

/**
 * Stands in front of the emulator: holds every request against GitHub's description, lets the faults happen that
 * were asked for, serves what the emulator cannot, and takes down all of it.
 */
export async function createProxy(world: World) {
  const openApi = loadOpenApi();
  const gaps = await createGaps(world);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await read(world, openApi, request);
    const { call } = incoming;
    const breach = findBreach(openApi, incoming);
    if (breach !== null) world.violations.push({ ...name(call), message: breach.message });
    const fault = world.faults.take(call.method, pathOf(call));
    const outcome = await answerWith(fault, incoming, breach?.answer ?? null);
    record(world, call, outcome);
    if (outcome.answer === null) response.socket?.destroy();
    else send(response, outcome.answer);
  }

  async function answerWith(
    fault: Fault | null,
    incoming: Incoming,
    refused: Answer | null,
  ): Promise<Outcome> {
    if (isCut(fault, false)) return CUT;
    const injected = fault && faultAnswer(fault, incoming.call.operation, incoming.call.method);
    if (injected !== null) return { answer: injected, servedBy: 'fault' };
    if (fault?.kind === 'delay') await wait(fault.ms);
    const outcome = await serve(incoming, refused);
    checkAnswer(world, openApi, incoming, outcome);
    return isCut(fault, true) ? CUT : outcome;
  }

  async function serve(incoming: Incoming, refused: Answer | null): Promise<Outcome> {
    const ours = refused ?? (await gaps.before(incoming.call));
    if (ours !== null) return { answer: ours, servedBy: 'ours' };
    const answer = asGithubRefuses(incoming.call, await askEmulator(world, incoming));
    return { answer: gaps.after(incoming.call, answer), servedBy: 'emulator' };
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((error: Error) => {
      const { method = '', url: path = '' } = request;
      world.violations.push({
        method,
        path,
        operation: null,
        message: `the proxy failed: ${error.stack}`,
      });
      response.destroy();
    });
  };
}

function isCut(fault: Fault | null, late: boolean): boolean {
  return fault?.kind === 'cut' && (fault.late ?? false) === late;
}

async function read(world: World, openApi: OpenApi, request: IncomingMessage): Promise<Incoming> {
  const url = new URL(request.url ?? '/', world.apiUrl);
  const method = request.method ?? 'GET';
  const text = (await readBody(request)).toString('utf8');
  const operation = openApi.find(method, decodeURIComponent(url.pathname));
  const headers = new Headers();
  for (const [key, value] of Object.entries(request.headers)) {
    if (!HOP_BY_HOP.has(key)) headers.set(key, String(value));
  }
  const token = tokenOf(world, headers.get('authorization'));
  const call: Call = { method, url, operation: operation?.id ?? null, body: parse(text), token };
  return { call, operation, text, headers };
}

const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

function tokenOf(world: World, authorization: string | null): Call['token'] {
  if (authorization === null) return null;
  return world.tokens.get(authorization.replace(/^(bearer|token) /i, ''));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What breaks GitHub's description, and the answer that GitHub gives to it, if it gives any. */
function findBreach(
  openApi: OpenApi,
  incoming: Incoming,
): { message: string; answer: Answer | null } | null {
  const { call, operation, text, headers } = incoming;
  if (call.url.pathname === '/graphql') return graphqlBreach(call);
  if (operation === null) {
    const hint = 'If it is right, add it to scripts/prune-openapi.mjs and run that.';
    const message = `this path is not in the pruned description of GitHub's API. ${hint}`;
    return { message, answer: failure(404, 'Not Found') };
  }
  const inBody = openApi.bodyBreach(operation, text, headers.get('content-type') ?? '');
  if (inBody !== null)
    return { message: inBody, answer: failure(422, `Invalid request.\n\n${inBody}`) };
  const inQuery = openApi.queryBreach(operation, call.url.searchParams);
  return inQuery === null ? null : { message: inQuery, answer: null };
}

function graphqlBreach({ body }: Call): { message: string; answer: null } | null {
  const { query } = (body ?? {}) as { query?: unknown };
  if (typeof query === 'string' && isViewerQuery(query)) return null;
  return { message: `GraphQL other than ${VIEWER}`, answer: null };
}

async function askEmulator(world: World, { call, text, headers }: Incoming): Promise<Answer> {
  const { method, url } = call;
  // Octokit writes `heads%2Fmain` into a path; GitHub takes both, the emulator's router only the slash.
  const target = new URL(url.href.replaceAll('%2F', '/'));
  const body = method === 'GET' || text === '' ? null : text;
  const response = await world.emulator.answer(new Request(target, { method, headers, body }));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** The emulator refuses in the right cases, but in its own words and without naming the permission. */
function asGithubRefuses({ token, operation, method }: Call, answer: Answer): Answer {
  if (answer.status !== 403 || token?.kind !== 'installation') return answer;
  return failure(403, 'Resource not accessible by integration', {
    'x-accepted-github-permissions': acceptedPermissions(operation, method),
  });
}

function checkAnswer(
  world: World,
  openApi: OpenApi,
  { call, operation }: Incoming,
  { answer, servedBy }: Outcome,
): void {
  if (operation === null || answer === null) return;
  const message = openApi.responseBreach(operation, answer.status, answer.body.toString('utf8'));
  if (message !== null) world.warnings.push({ ...name(call), message, servedBy });
}

function record(world: World, call: Call, { answer, servedBy }: Outcome): void {
  const status = answer?.status ?? null;
  world.requests.push({ ...name(call), body: call.body, status, servedBy });
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(
    status,
    status === 204 ? headers : { ...headers, 'content-length': body.length },
  );
  response.end(body);
}

function name(call: Call): { method: string; path: string; operation: string | null } {
  return { method: call.method, path: pathOf(call), operation: call.operation };
}

function pathOf({ url }: Call): string {
  return `${url.pathname}${url.search}`;
}
