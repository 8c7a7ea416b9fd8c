const formatters = new Map();

/** `formatMoney(1999, 'EUR', 'de')` is `19,99 €`: amounts are in the smallest unit. */
export function formatMoney(amount, currency, locale = 'en') {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formatters.set(key, formatter);
  }
  const { maximumFractionDigits } = formatter.resolvedOptions();
  return formatter.format(amount / 10 ** maximumFractionDigits);
}
