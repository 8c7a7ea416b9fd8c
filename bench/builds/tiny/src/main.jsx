import { total } from './total.js';
import './tiny.css';

const root = document.getElementById('root');
root.textContent = total([120, 80, 42]);
root.addEventListener('click', async () => {
  const { report } = await import('./report.js');
  root.textContent = report(new Date());
});
