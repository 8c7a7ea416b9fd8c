import { createActionsGap } from './actions.ts';
import { failure, json, page } from './answers.ts';
import type { Call } from './call.ts';
import { answerHistory } from './history.ts';
import type { Answer } from './http.ts';
import type { World } from './world.ts';

/** What GitHub does and the emulator does not. All of it is ours: read the comments for what it was written after. */
export async function createGaps(world: World) {
  const actions = await createActionsGap(world);
  return {
    /** An answer in the emulator's place, or `null`. */
    async before(call: Call): Promise<Answer | null> {
      return (
        refusal(call) ??
        graphql(call) ??
        tooLong(call) ??
        tooManyBytes(call) ??
        listAnnotations(world, call) ??
        answerHistory(world, call) ??
        actions.answer(call)
      );
    },
    /** The emulator's answer, put right. */
    after(call: Call, answer: Answer): Answer {
      return keepAnnotations(world, call, answer);
    },
  };
}

/** The emulator takes an unknown token for its first user's, and lets an app ask for "the" user. GitHub does neither. */
function refusal({ token, operation }: Call): Answer | null {
  if (token === undefined) return failure(401, 'Bad credentials');
  if (operation === 'users/get-authenticated' && token?.kind === 'installation') {
    return failure(403, 'Resource not accessible by integration');
  }
  return null;
}

/** Of GraphQL only who one is, which is how an action learns the author of its own comments. */
function graphql({ url, body, token }: Call): Answer | null {
  if (url.pathname !== '/graphql') return null;
  const { query } = (body ?? {}) as { query?: string };
  if (query === undefined || !isViewerQuery(query)) {
    return json(200, { errors: [{ message: `the tests' GraphQL only knows ${VIEWER}` }] });
  }
  if (token === null || token === undefined) return failure(401, 'Bad credentials');
  const login = token.kind === 'user' ? token.login : 'github-actions[bot]';
  return json(200, { data: { viewer: { login } } });
}

export const VIEWER = '{ viewer { login } }';

export function isViewerQuery(query: string): boolean {
  return /^\s*(query\s*\w*\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query);
}

/** A limit that GitHub's description does not mention. It counts characters, not UTF-16 units. */
function tooLong({ operation, body }: Call): Answer | null {
  if (operation !== 'issues/create-comment' && operation !== 'issues/update-comment') return null;
  const text = (body as { body?: string } | null)?.body ?? '';
  if ([...text].length <= MAX_COMMENT) return null;
  const message = `Body is too long (maximum is ${MAX_COMMENT} characters)`;
  const errors = [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }];
  return failure(422, 'Validation Failed', {}, errors);
}

const MAX_COMMENT = 65_536;

/** GitHub's description counts characters here, GitHub itself bytes, as its refusals say. */
function tooManyBytes({ operation, body }: Call): Answer | null {
  if (operation !== 'checks/create' && operation !== 'checks/update') return null;
  const { output } = (body ?? {}) as { output?: { summary?: string } };
  if (Buffer.byteLength(output?.summary ?? '') <= MAX_SUMMARY) return null;
  const message = `summary exceeds a maximum bytesize of ${MAX_SUMMARY}`;
  const errors = [{ resource: 'CheckRun', code: 'custom', field: 'summary', message }];
  return failure(422, 'Validation Failed', {}, errors);
}

const MAX_SUMMARY = 65_535;

/** GitHub appends the annotations of an update, the emulator replaces them. */
function keepAnnotations(world: World, { operation, body }: Call, answer: Answer): Answer {
  if ((operation !== 'checks/create' && operation !== 'checks/update') || answer.status >= 300)
    return answer;
  const { output } = (body ?? {}) as { output?: { annotations?: unknown[] } };
  const run = JSON.parse(answer.body.toString());
  const all = [...(world.annotations.get(run.id) ?? []), ...(output?.annotations ?? [])];
  world.annotations.set(run.id, all);
  run.output.annotations_count = all.length;
  run.output.annotations_url = `${run.url}/annotations`;
  return { ...answer, body: Buffer.from(JSON.stringify(run)) };
}

/** GitHub answers with an array, the emulator with an object. */
function listAnnotations(world: World, { operation, url }: Call): Answer | null {
  if (operation !== 'checks/list-annotations') return null;
  const [, , owner, name, , id] = url.pathname.split('/');
  const known = world.annotations.get(Number(id));
  if (known === undefined) return failure(404, 'Not Found');
  const optional = { start_column: null, end_column: null, title: null, raw_details: null };
  const full = known.map((one) => ({
    ...optional,
    ...(one as object),
    blob_href: `https://github.com/${owner}/${name}/blob`,
  }));
  const { items, headers } = page(url, full);
  return json(200, items, headers);
}
