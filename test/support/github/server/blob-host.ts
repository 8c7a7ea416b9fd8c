import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { listen } from './http.ts';

/** GitHub's address of an artifact's bytes is good for a minute. */
const VALID_MS = 60_000;

/** Another origin, as on GitHub, that refuses whoever sends it a GitHub token. */
export async function createBlobHost() {
  const signed = new Map<string, { bytes: Buffer; until: number }>();
  const url = await listen((request, response) => {
    const blob = signed.get(new URL(request.url ?? '/', url).searchParams.get('sig') ?? '');
    if (request.headers.authorization !== undefined)
      return end(response, 400, 'InvalidAuthenticationInfo');
    if (blob === undefined || blob.until < Date.now())
      return end(response, 403, 'AuthenticationFailed');
    return end(response, 200, blob.bytes);
  });
  return {
    sign(bytes: Buffer): string {
      const signature = randomUUID();
      signed.set(signature, { bytes, until: Date.now() + VALID_MS });
      return `${url}/artifact.zip?sig=${signature}`;
    },
  };
}

function end(response: ServerResponse, status: number, body: Buffer | string): void {
  response.writeHead(status, {
    'content-type': status === 200 ? 'application/zip' : 'application/xml',
  });
  response.end(body);
}
