/** Who helped, and by what. */
export const THANKS = [
  { name: 'Odile', work: 'kept the first three volumes by hand, in brown ink, without one blot' },
  { name: 'Teun', work: 'typed them off during a winter when the harbour was frozen' },
  { name: 'Marisol', work: 'found the eleven cents that had been missing since the jubilee' },
  { name: 'Bertrand', work: 'repaired the binding of volume two after the flood in the cellar' },
  { name: 'Ineke', work: 'drew the swan that stands on the cover and on every letter since' },
  {
    name: 'Fulvio',
    work: 'audits the sums each spring, sceptically, with a mechanical calculator',
  },
];
