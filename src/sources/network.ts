import type { Network } from '../model/page.ts';

/** Networks that go by a name. */
export const NETWORKS = ['slow-3g', 'fast-3g', '4g'] as const;
type NetworkName = (typeof NETWORKS)[number];

/**
 * WebPageTest's profiles 3GSlow, 3GFast and 4G (www/settings/connectivity.ini.sample). The second
 * is what Lighthouse simulates on a phone (its docs/throttling.md: 1.6 Mbps, 150 ms); Chrome's
 * DevTools calls it Slow 4G by now, and slows it further to make up for how it throttles.
 */
const FIGURES: Readonly<Record<NetworkName, Network>> = {
  'slow-3g': { kbps: 400, rtt: 400 },
  'fast-3g': { kbps: 1_600, rtt: 150 },
  '4g': { kbps: 9_000, rtt: 170 },
};

/** @param value as the budgets file has it: a name, or the figures; null where it has none */
export function networkOf(value: unknown): Network | null {
  const name = NETWORKS.find((one) => one === value);
  if (name !== undefined) return FIGURES[name];
  if (typeof value !== 'object' || value === null) return null;
  const { kbps, rtt } = value as Network;
  return { kbps, rtt };
}
