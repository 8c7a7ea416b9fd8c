import { findProduct } from '../catalogue/products.ts';
import type { PlacedOrder } from './order-log.ts';

/** One row for each line of each order, quoted as RFC 4180 asks. */
export function ordersToCsv(orders: readonly PlacedOrder[]): string {
  const rows = orders.flatMap((order) =>
    order.lines.map((line) => [
      order.number,
      order.placedAt,
      findProduct(line.productId)?.name ?? line.productId,
      line.quantity,
    ]),
  );
  return [['order', 'placed at', 'product', 'quantity'], ...rows]
    .map((row) => row.map(quote).join(','))
    .join('\r\n');
}

function quote(field: number | string): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
