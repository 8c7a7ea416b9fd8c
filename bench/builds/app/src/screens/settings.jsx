import { Table } from '../components/table.jsx';
import { inkOn, shadesOf } from '../lib/palette.js';
import { usePreferences } from '../lib/preferences.js';
import '../styles/settings.css';

const CURRENCIES = ['CHF', 'EUR', 'GBP', 'JPY', 'USD'];

export default function Settings() {
  const { hue, currency, turnHue, chooseCurrency, startOver } = usePreferences();
  const shades = shadesOf(hue, 5).map((shade, index) => ({
    key: shade,
    step: index + 1,
    shade,
    ink: inkOn(shade),
  }));
  return (
    <section className="settings">
      <h1>Settings</h1>
      <label>
        Currency
        <select value={currency} onChange={(event) => chooseCurrency(event.target.value)}>
          {CURRENCIES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => turnHue(30)}>
        Another hue
      </button>
      <button type="button" onClick={startOver}>
        Start over
      </button>
      <Table caption="Shades" columns={['step', 'shade', 'ink']} rows={shades} />
    </section>
  );
}
