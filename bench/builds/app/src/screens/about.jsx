import { THANKS } from '../data/thanks.js';
import '../styles/about.css';

export default function About() {
  return (
    <section className="about">
      <h1>About this ledger</h1>
      <p>A book of what came in and what went out, kept by one person for a small club.</p>
      <ul>
        {THANKS.map(({ name, work }) => (
          <li key={name}>
            <strong>{name}</strong> {work}
          </li>
        ))}
      </ul>
    </section>
  );
}
