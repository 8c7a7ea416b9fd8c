import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import './table.css';

export type Column<Row> = {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** What the column sorts by; a column without it does not sort. */
  readonly sortBy?: (row: Row) => number | string;
  readonly align?: 'start' | 'end';
};

type DataTableProps<Row> = {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
};

type Order = { readonly title: string; readonly descending: boolean };

export function DataTable<Row>({ caption, rows, columns, keyOf }: DataTableProps<Row>) {
  const [order, setOrder] = useState<Order | null>(null);
  const sorted = sortRows(rows, columns, order);
  return (
    <table class="table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" class={column.align}>
              {column.sortBy ? (
                <button type="button" onClick={() => setOrder(nextOrder(order, column.title))}>
                  {column.title} {arrowOf(order, column.title)}
                </button>
              ) : (
                column.title
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.title} class={column.align}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): readonly Row[] {
  const sortBy = columns.find((column) => column.title === order?.title)?.sortBy;
  if (sortBy === undefined) return rows;
  const sign = order?.descending ? -1 : 1;
  return [...rows].sort((left, right) => sign * compare(sortBy(left), sortBy(right)));
}

function compare(left: number | string, right: number | string): number {
  return left < right ? -1 : Number(left > right);
}

function nextOrder(order: Order | null, title: string): Order {
  return { title, descending: order?.title === title && !order.descending };
}

function arrowOf(order: Order | null, title: string): string {
  if (order?.title !== title) return '';
  return order.descending ? '↓' : '↑';
}
