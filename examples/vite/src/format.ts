const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** A price in cents as people read it. */
export function formatPrice(cents: number): string {
  return euros.format(cents / 100);
}

export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
