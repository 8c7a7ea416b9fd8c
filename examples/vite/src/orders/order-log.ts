import type { CartLine } from '../cart/cart.ts';

export type PlacedOrder = {
  readonly number: number;
  /** ISO 8601. */
  readonly placedAt: string;
  readonly lines: readonly CartLine[];
  readonly cents: number;
};

const storageKey = 'gram-and-grain.orders';

/** Oldest first. */
export function readOrders(): readonly PlacedOrder[] {
  const stored = localStorage.getItem(storageKey);
  return stored === null ? [] : JSON.parse(stored);
}

export function keepOrder(lines: readonly CartLine[], cents: number): PlacedOrder {
  const orders = readOrders();
  const order = { number: 1_001 + orders.length, placedAt: new Date().toISOString(), lines, cents };
  localStorage.setItem(storageKey, JSON.stringify([...orders, order]));
  return order;
}
