import { currencies } from './currencies.js';

/** `parseMoney('19,99 €', 'de')` is `{ amount: 1999, currency: 'EUR' }`; null for what is no money. */
export function parseMoney(text, locale = 'en') {
  const currency = currencies.find(({ code, symbol }) => text.includes(code) || text.includes(symbol));
  const [decimal] = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .filter(({ type }) => type === 'decimal');
  const digits = text.replaceAll(new RegExp(`[^\\d-${decimal?.value ?? '.'}]`, 'g'), '');
  const value = Number(digits.replace(decimal?.value ?? '.', '.'));
  if (currency === undefined || digits === '' || Number.isNaN(value)) return null;
  return { amount: Math.round(value * 10 ** currency.digits), currency: currency.code };
}
