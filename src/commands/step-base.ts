import type { BaseRequest } from '../baseline/recall.ts';
import type { Inputs } from '../github/inputs.ts';
import type { Host } from '../model/host.ts';

/** What the input `base` asks for. */
export async function baseOf({ base }: Inputs, cwd: string, host: Host): Promise<BaseRequest> {
  if (base === null) return { kind: 'auto' };
  if (base === 'none') return { kind: 'none' };
  const isFile = (await host.kind(host.resolve(cwd, base))) === 'file' || base.endsWith('.json');
  return isFile ? { kind: 'file', path: base } : { kind: 'ref', ref: base };
}
