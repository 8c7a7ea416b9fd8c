import { groupBy, sumBy } from 'lodash-es';
import { Table } from '../components/table.jsx';
import { NOTES } from '../data/notes.js';
import { formatAmount, formatDay } from '../lib/format.js';
import '../styles/report.css';

const ENTRIES = [
  { key: 1, account: 'hall', cents: 42_000, time: Date.UTC(2025, 0, 7) },
  { key: 2, account: 'music', cents: 9_900, time: Date.UTC(2025, 1, 11) },
  { key: 3, account: 'hall', cents: 42_000, time: Date.UTC(2025, 2, 4) },
  { key: 4, account: 'garden', cents: 3_150, time: Date.UTC(2025, 3, 22) },
];

export default function Report() {
  const sums = Object.entries(groupBy(ENTRIES, 'account')).map(([account, entries]) => ({
    key: account,
    account,
    sum: formatAmount(sumBy(entries, 'cents')),
    last: formatDay(entries.at(-1).time),
    note: NOTES[account],
  }));
  return (
    <section className="report">
      <h1>Report</h1>
      <Table caption="Accounts" columns={['account', 'sum', 'last', 'note']} rows={sums} />
    </section>
  );
}
