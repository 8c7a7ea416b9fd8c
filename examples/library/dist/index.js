export { currencies } from './currencies.js';
export { formatMoney } from './format-money.js';
export { parseMoney } from './parse-money.js';
