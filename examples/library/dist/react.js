import { createElement, useMemo } from 'react';
import { formatMoney } from './format-money.js';

/** `<Money amount={1999} currency="EUR" locale="de" />` */
export function Money({ amount, currency, locale }) {
  const text = useMemo(() => formatMoney(amount, currency, locale), [amount, currency, locale]);
  return createElement('data', { value: amount }, text);
}
