import type { Client } from '../github/client.ts';
import type { Inputs } from '../github/inputs.ts';

/** One client for all that asks GitHub, loaded when the first one does; null without a token. */
export function connector({ token }: Inputs): (() => Promise<Client>) | null {
  if (token === '') return null;
  let client: Promise<Client> | null = null;
  return () => {
    client ??= import('../github/client.ts').then(({ connect }) => connect(token));
    return client;
  };
}
