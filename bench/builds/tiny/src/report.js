import dayjs from 'dayjs';

/** When the till was read, as it is written on the roll. */
export function report(time) {
  return `Read on ${dayjs(time).format('dddd D MMMM YYYY')} at closing time`;
}
