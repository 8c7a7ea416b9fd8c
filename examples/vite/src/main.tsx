import { render } from 'preact';
import { App } from './app.tsx';
import './styles.css';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element with the id "app"');

render(<App />, root);
performance.mark('shop-ready');
performance.measure('shop-start-up', { start: 0, end: 'shop-ready' });
