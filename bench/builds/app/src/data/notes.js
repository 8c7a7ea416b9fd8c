/** What the keeper of the book wrote beside each account. */
export const NOTES = {
  hall: 'Rented from the parish on the first Tuesday of every month; heating is charged apart from November to March.',
  music:
    'Strings, rosin and copies of scores; the piano is tuned by a friend who takes a cake for it, no money.',
  garden:
    'Seeds and compost for the bed behind the hall, paid back by the town once a year against receipts.',
};
