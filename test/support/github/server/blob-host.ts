import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../protocol.ts';
import { type Faults, faultAnswer } from './faults.ts';
import { listen, readBody } from './http.ts';

/** GitHub's address of an artifact's bytes is good for a minute. */
const VALID_MS = 60_000;

const NOTHING = Buffer.alloc(0);

/** A blob on its way up: blocks in any order, then the list that says which of them it is. */
interface Upload {
  readonly blocks: Map<string, Buffer>;
  bytes: Buffer | null;
}

export type BlobHost = Awaited<ReturnType<typeof createBlobHost>>;

/** Another origin, as on GitHub, that refuses whoever sends it a GitHub token. */
export async function createBlobHost(faults: Faults) {
  const signed = new Map<string, { bytes: Buffer; until: number }>();
  const uploads = new Map<string, Upload>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const { pathname, searchParams: query } = new URL(path, url);
    const signature = String(query.get('sig'));
    const fault = faults.take(method, pathname);
    if (fault !== null) fail(response, fault, signed.get(signature)?.bytes ?? NOTHING);
    else if (headers.authorization !== undefined) end(response, 400, 'InvalidAuthenticationInfo');
    else if (method !== 'PUT') get(response, signature);
    else end(response, put(uploads.get(signature), query, await readBody(request)), '');
  }

  function get(response: ServerResponse, signature: string): void {
    const blob = signed.get(signature);
    if (blob === undefined || blob.until < Date.now()) end(response, 403, 'AuthenticationFailed');
    else end(response, 200, blob.bytes);
  }

  const url: string = await listen((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  return {
    sign(bytes: Buffer): string {
      const signature = randomUUID();
      signed.set(signature, { bytes, until: Date.now() + VALID_MS });
      return `${url}/artifact.zip?sig=${signature}`;
    },
    /** An address to write one blob to, and what has come there: `null` until it is whole. */
    expect(): { url: string; bytes: () => Buffer | null } {
      const signature = randomUUID();
      const upload: Upload = { blocks: new Map(), bytes: null };
      uploads.set(signature, upload);
      return {
        url: `${url}/account/container/upload.zip?sig=${signature}`,
        bytes: () => upload.bytes,
      };
    },
  };
}

/** As Azure's Put Block and Put Block List, by their documentation. Gives the status. */
function put(upload: Upload | undefined, query: URLSearchParams, body: Buffer): number {
  if (upload === undefined) return 403;
  if (query.get('comp') === 'block') {
    upload.blocks.set(query.get('blockid') ?? '', body);
    return 201;
  }
  if (query.get('comp') !== 'blocklist') return 400;
  const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)];
  const blocks = ids.map(([, id = '']) => upload.blocks.get(id));
  const known = blocks.filter((block) => block !== undefined);
  if (known.length !== blocks.length) return 400;
  upload.bytes = Buffer.concat(known);
  return 201;
}

/** A connection that is cut late ends in the middle of what it was to bring. */
function fail(response: ServerResponse, fault: Fault, bytes: Buffer): void {
  const status = faultAnswer(fault, null, 'GET')?.status;
  if (status !== undefined) {
    end(response, status, 'fault');
  } else if (fault.kind === 'cut' && fault.late === true) {
    response.writeHead(200, { 'content-type': 'application/zip', 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  } else {
    response.socket?.destroy();
  }
}

function end(response: ServerResponse, status: number, body: Buffer | string): void {
  response.writeHead(status, {
    'content-type': status === 200 ? 'application/zip' : 'application/xml',
  });
  response.end(body);
}
