export type Product = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'scale' | 'grinder' | 'kettle' | 'dripper';
  readonly cents: number;
  readonly summary: string;
  readonly description: string;
  readonly specification: Readonly<Record<string, string>>;
};

export const products: readonly Product[] = [
  {
    id: 'tern-scale',
    name: 'Tern pocket scale',
    kind: 'scale',
    cents: 3_900,
    summary: 'Folds flat, reads to a tenth of a gram.',
    description:
      'The Tern slides into a jacket pocket and wakes in half a second. Two load cells carry the plate, so a cup set down at the edge reads the same as one in the middle. The display turns itself round when the scale does.',
    specification: {
      Capacity: '1,000 g',
      Resolution: '0.1 g',
      Weight: '148 g',
      Power: 'two AAA cells',
    },
  },
  {
    id: 'heron-scale',
    name: 'Heron brewing scale',
    kind: 'scale',
    cents: 8_900,
    summary: 'A timer and a flow meter beside the weight.',
    description:
      'Start pouring and the Heron starts counting. It shows weight, time and the flow of water in grams per second, and it keeps the last forty brews. The top is one piece of glass, and rinses clean.',
    specification: {
      Capacity: '2,000 g',
      Resolution: '0.1 g',
      Weight: '410 g',
      Power: 'USB-C, 30 hours',
    },
  },
  {
    id: 'crane-scale',
    name: 'Crane shipping scale',
    kind: 'scale',
    cents: 12_900,
    summary: 'Holds a sack of green coffee without complaint.',
    description:
      'A steel platform on four feet, each with its own cell. The readout hangs on a coiled cable, so that it stays legible under a sack that covers the plate. Calibrated with a certificate before it leaves.',
    specification: {
      Capacity: '60 kg',
      Resolution: '10 g',
      Weight: '4.2 kg',
      Power: 'mains or six AA cells',
    },
  },
  {
    id: 'finch-grinder',
    name: 'Finch hand grinder',
    kind: 'grinder',
    cents: 11_500,
    summary: 'Steel burrs, eighteen grams in forty seconds.',
    description:
      'A long handle and a pair of bearings keep the burrs parallel, so that the Finch grinds evenly from espresso to press. It comes apart without tools, and the catch cup holds with magnets.',
    specification: { Burrs: '38 mm conical steel', Dose: '20 g', Steps: '48', Weight: '520 g' },
  },
  {
    id: 'osprey-grinder',
    name: 'Osprey flat grinder',
    kind: 'grinder',
    cents: 42_900,
    summary: 'Sixty-four millimetres of flat burr, and little noise.',
    description:
      'The Osprey feeds one dose at a time and keeps less than a tenth of a gram for itself. The motor turns slowly, the beans stay cool, and a conversation beside it stays possible.',
    specification: {
      Burrs: '64 mm flat steel',
      Dose: '60 g',
      Steps: 'continuous',
      Weight: '7.1 kg',
    },
  },
  {
    id: 'wren-kettle',
    name: 'Wren stove kettle',
    kind: 'kettle',
    cents: 5_400,
    summary: 'A thin spout for a slow pour on any flame.',
    description:
      'The spout leaves the body at its lowest point and narrows to eight millimetres, which makes a thin stream easy to hold. The handle sits over the centre of mass, full or half full.',
    specification: {
      Volume: '0.9 l',
      Material: 'brushed steel',
      Hob: 'gas, ceramic, induction',
      Weight: '640 g',
    },
  },
  {
    id: 'plover-kettle',
    name: 'Plover kettle',
    kind: 'kettle',
    cents: 13_900,
    summary: 'Set a temperature; it holds it for an hour.',
    description:
      'A dial in the base sets any temperature from forty to a hundred degrees, one degree at a time. The Plover reaches ninety-four in three and a half minutes and holds it until it is lifted for an hour.',
    specification: { Volume: '0.8 l', Power: '1,200 W', Range: '40 to 100 °C', Weight: '1.3 kg' },
  },
  {
    id: 'dipper-cone',
    name: 'Dipper cone',
    kind: 'dripper',
    cents: 2_600,
    summary: 'Porcelain, with ribs that keep paper off the wall.',
    description:
      'Sixty degrees, one large opening, and twelve curved ribs. The porcelain is thick enough to stay warm through a brew once rinsed, and the foot fits cups from six to ten centimetres.',
    specification: {
      Size: '1 to 4 cups',
      Material: 'porcelain',
      Filter: 'cone 02',
      Weight: '390 g',
    },
  },
  {
    id: 'sandpiper-flat',
    name: 'Sandpiper flat dripper',
    kind: 'dripper',
    cents: 3_400,
    summary: 'A flat bed and three holes, for an even cup.',
    description:
      'The bed is flat, so water meets the same depth of coffee everywhere. Three holes set the pace; the grind needs less care than with a cone. Steel with a double wall.',
    specification: {
      Size: '1 to 3 cups',
      Material: 'double steel',
      Filter: 'wave 155',
      Weight: '180 g',
    },
  },
];

export function findProduct(id: string): Product | undefined {
  return products.find((product) => product.id === id);
}
