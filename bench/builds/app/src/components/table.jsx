import { useMemo, useState } from 'react';

/** Rows that can be sorted by any column and searched by what any cell begins with. */
export function Table({ caption, columns, rows }) {
  const [order, setOrder] = useState({ column: columns[0], isDescending: false });
  const [search, setSearch] = useState('');
  const shown = useMemo(
    () => arrange(rows, columns, order, search),
    [rows, columns, order, search],
  );
  return (
    <table className="table">
      <caption>
        {caption}
        <input
          aria-label={`Search ${caption}`}
          placeholder="begins with"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} aria-sort={sortOf(order, column)}>
              <button type="button" onClick={() => setOrder(turned(order, column))}>
                {column}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.key}>
            {columns.map((column) => (
              <td key={column}>{row[column]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function arrange(rows, columns, order, search) {
  const wanted = search.trim().toLocaleLowerCase();
  const found = rows.filter((row) =>
    columns.some((column) => String(row[column]).toLocaleLowerCase().startsWith(wanted)),
  );
  const sign = order.isDescending ? -1 : 1;
  return found.sort((left, right) => sign * byColumn(left[order.column], right[order.column]));
}

function byColumn(left, right) {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right));
}

function sortOf(order, column) {
  if (order.column !== column) return 'none';
  return order.isDescending ? 'descending' : 'ascending';
}

const turned = (order, column) => ({
  column,
  isDescending: order.column === column && !order.isDescending,
});
