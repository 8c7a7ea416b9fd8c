import { LineChart } from '../chart/line-chart.tsx';
import { formatCount, formatPrice } from '../format.ts';
import { daysLeftToReturn, formatAge, formatDay, groupByMonth } from '../orders/dates.ts';
import { type PlacedOrder, readOrders } from '../orders/order-log.ts';
import { ordersToCsv } from '../orders/orders-csv.ts';
import { type Column, DataTable } from '../table/data-table.tsx';
import './orders.css';

const columns: readonly Column<PlacedOrder>[] = [
  { title: 'Order', cell: (order) => order.number, sortBy: (order) => order.number },
  {
    title: 'Placed',
    cell: (order) => <time title={formatDay(order)}>{formatAge(order)}</time>,
    sortBy: (order) => order.placedAt,
  },
  { title: 'Items', align: 'end', cell: itemsOf, sortBy: itemsOf },
  { title: 'Returns', cell: describeReturns, sortBy: daysLeftToReturn },
  {
    title: 'Price',
    align: 'end',
    cell: (order) => formatPrice(order.cents),
    sortBy: (order) => order.cents,
  },
];

export function OrdersPage() {
  const orders = readOrders();
  if (orders.length === 0) return <NoOrders />;
  const spending = groupByMonth(orders).map((month) => ({
    label: month.label,
    value: month.orders.reduce((sum, order) => sum + order.cents, 0),
  }));
  return (
    <section class="orders">
      <h1>Your orders</h1>
      <DataTable
        caption={`${formatCount(orders.length, 'order')}, newest first`}
        rows={orders.toReversed()}
        columns={columns}
        keyOf={(order) => String(order.number)}
      />
      <a class="button" download="orders.csv" href={csvUrl(orders)}>
        Download as CSV
      </a>
      <h2>Spent by month</h2>
      <LineChart title="Spent by month" points={spending} format={formatPrice} fromZero />
    </section>
  );
}

function NoOrders() {
  return (
    <section class="orders">
      <h1>No orders yet</h1>
      <p>
        What you order appears here. <a href="/">To the shop</a>
      </p>
    </section>
  );
}

function itemsOf(order: PlacedOrder): number {
  return order.lines.reduce((sum, line) => sum + line.quantity, 0);
}

function describeReturns(order: PlacedOrder): string {
  const days = daysLeftToReturn(order);
  return days > 0 ? `${formatCount(days, 'day')} left` : 'closed';
}

function csvUrl(orders: readonly PlacedOrder[]): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(ordersToCsv(orders))}`;
}
