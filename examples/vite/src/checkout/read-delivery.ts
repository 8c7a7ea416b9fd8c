export const countries = ['Austria', 'Belgium', 'Germany', 'Ireland', 'Netherlands'] as const;

export type Delivery = {
  readonly name: string;
  readonly email: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly country: string;
};

export type FieldErrors = Partial<Record<keyof Delivery, string>>;
export type DeliveryResult =
  | { readonly kind: 'valid'; readonly delivery: Delivery }
  | { readonly kind: 'invalid'; readonly errors: FieldErrors };

type Check = { readonly pattern: RegExp; readonly message: string };

const checks: Readonly<Record<keyof Delivery, Check>> = {
  name: { pattern: /\S{2}/u, message: 'Please give the name on the parcel.' },
  email: { pattern: /^\S+@\S+\.\S{2,}$/u, message: 'This does not look like an email address.' },
  street: { pattern: /\S.*\d/u, message: 'Please give street and number.' },
  postcode: { pattern: /^[\dA-Z][\dA-Z -]{2,8}$/iu, message: 'Please check the postcode.' },
  town: { pattern: /\S{2}/u, message: 'Please give the town.' },
  country: {
    pattern: new RegExp(`^(${countries.join('|')})$`, 'u'),
    message: 'We deliver to the countries in the list.',
  },
};

export function readDelivery(form: FormData): DeliveryResult {
  const names = Object.keys(checks) as (keyof Delivery)[];
  const delivery = Object.fromEntries(
    names.map((name) => [name, String(form.get(name) ?? '').trim()]),
  ) as Delivery;
  const broken = names.filter((name) => !checks[name].pattern.test(delivery[name]));
  if (broken.length === 0) return { kind: 'valid', delivery };
  const errors = broken.map((name) => [name, checks[name].message]);
  return { kind: 'invalid', errors: Object.fromEntries(errors) };
}
