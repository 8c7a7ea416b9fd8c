import { formatCount } from '../format.ts';
import { daysLeftToReturn, formatAge, formatDay } from './dates.ts';
import { type PlacedOrder, readOrders } from './order-log.ts';

export function LastBought({ productId }: { productId: string }) {
  const order = lastOrderOf(productId);
  if (order === undefined) return null;
  const days = daysLeftToReturn(order);
  return (
    <p class="last-bought">
      You bought this <time title={formatDay(order)}>{formatAge(order)}</time>, in{' '}
      <a href="/orders">order {order.number}</a>.{' '}
      {days > 0 && `It can be returned for another ${formatCount(days, 'day')}.`}
    </p>
  );
}

function lastOrderOf(productId: string): PlacedOrder | undefined {
  return readOrders().findLast((order) => order.lines.some((line) => line.productId === productId));
}
