import { formatAmount, formatDay } from '../lib/format.js';
import '../styles/home.css';

const OPENED = Date.UTC(2024, 1, 29, 12);

export default function Home() {
  return (
    <section className="home">
      <h1>Ledger</h1>
      <p>
        Opened on {formatDay(OPENED)} with {formatAmount(125_000)}.
      </p>
    </section>
  );
}
