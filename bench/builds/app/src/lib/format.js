import dayjs from 'dayjs';

/** A day as people write it in a letter. */
export function formatDay(time) {
  return dayjs(time).format('D MMMM YYYY');
}

/** An amount of cents with its currency in front. */
export function formatAmount(cents, currency = 'EUR') {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(cents / 100);
}
