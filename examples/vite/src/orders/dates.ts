import {
  addDays,
  differenceInCalendarDays,
  eachMonthOfInterval,
  format,
  formatDistanceToNow,
  isSameMonth,
  type Locale,
  parseISO,
} from 'date-fns';
import { de, enGB, fr } from 'date-fns/locale';
import type { PlacedOrder } from './order-log.ts';

const locales: Readonly<Record<string, Locale>> = { de, en: enGB, fr };
const locale = locales[navigator.language.slice(0, 2)] ?? enGB;

const daysToReturn = 30;

export function formatDay(order: PlacedOrder): string {
  return format(parseISO(order.placedAt), 'PPP', { locale });
}

export function formatAge(order: PlacedOrder): string {
  return formatDistanceToNow(parseISO(order.placedAt), { addSuffix: true, locale });
}

export function daysLeftToReturn(order: PlacedOrder): number {
  const lastDay = addDays(parseISO(order.placedAt), daysToReturn);
  return Math.max(0, differenceInCalendarDays(lastDay, new Date()));
}

export type MonthOfOrders = { readonly label: string; readonly orders: readonly PlacedOrder[] };

/** Every month from the first order to today, those without an order too. */
export function groupByMonth(orders: readonly PlacedOrder[]): readonly MonthOfOrders[] {
  const first = orders[0];
  if (first === undefined) return [];
  const months = eachMonthOfInterval({ start: parseISO(first.placedAt), end: new Date() });
  return months.map((month) => ({
    label: format(month, 'MMM yy', { locale }),
    orders: orders.filter((order) => isSameMonth(parseISO(order.placedAt), month)),
  }));
}
