import type { Fault } from '../protocol.ts';
import { acceptedPermissions, failure } from './answers.ts';
import type { Answer } from './http.ts';

/** Faults that are still to come, in the order in which they were set. */
export function createFaults() {
  let waiting: { fault: Fault; path: RegExp; skip: number; times: number }[] = [];
  return {
    add(fault: Fault): void {
      waiting.push({
        fault,
        path: new RegExp(fault.path ?? ''),
        skip: fault.skip ?? 0,
        times: fault.times ?? 1,
      });
    },
    clear(): void {
      waiting = [];
    },
    /** The fault that hits this request, or `null`. It counts down. */
    take(method: string, path: string): Fault | null {
      const hit = waiting.find(
        (one) => (one.fault.method ?? method).toUpperCase() === method && one.path.test(path),
      );
      if (hit === undefined) return null;
      if (hit.skip > 0) {
        hit.skip -= 1;
        return null;
      }
      hit.times -= 1;
      if (hit.times === 0) waiting = waiting.filter((one) => one !== hit);
      return hit.fault;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

/** The answer of a fault, as GitHub words it. `null` for those that are no answer. */
export function faultAnswer(fault: Fault, operation: string | null, method: string): Answer | null {
  switch (fault.kind) {
    case 'forbidden':
      return failure(403, 'Resource not accessible by integration', {
        'x-accepted-github-permissions': acceptedPermissions(operation, method),
      });
    case 'unauthorized':
      return failure(401, 'Bad credentials');
    case 'not-found':
      return failure(404, 'Not Found');
    case 'gone':
      return failure(410, 'Gone');
    case 'conflict':
      return failure(409, 'Conflict');
    case 'unprocessable':
      return failure(422, fault.message ?? 'Validation Failed');
    default:
      return limitOrServerError(fault);
  }
}

function limitOrServerError(fault: Fault): Answer | null {
  switch (fault.kind) {
    case 'too-many-requests':
      return failure(429, SECONDARY, { 'retry-after': String(fault.retryAfter ?? 1) });
    case 'secondary-rate-limit':
      return failure(403, SECONDARY, { 'retry-after': String(fault.retryAfter ?? 1) });
    case 'primary-rate-limit':
      return failure(
        403,
        'API rate limit exceeded for installation.',
        primaryLimit(fault.resetInSeconds ?? 1),
      );
    case 'server-error':
      return serverError(fault.status);
    default:
      return null;
  }
}

const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

function primaryLimit(resetInSeconds: number): Record<string, string> {
  return {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + resetInSeconds),
    'x-ratelimit-resource': 'core',
  };
}

/** In front of GitHub stands a balancer, and what it says is a page, not JSON. */
function serverError(status: number): Answer {
  if (status === 500) return failure(500, 'Server Error');
  const page = '<html><head><title>Unicorn! &middot; GitHub</title></head></html>';
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from(page),
  };
}
