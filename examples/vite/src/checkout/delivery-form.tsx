import { useState } from 'preact/hooks';
import { countries, type Delivery, type FieldErrors, readDelivery } from './read-delivery.ts';

type Field = {
  readonly name: keyof Delivery;
  readonly label: string;
  readonly keyboard: 'email' | 'text';
  readonly autocomplete: string;
};

const fields: readonly Field[] = [
  { name: 'name', label: 'Name', keyboard: 'text', autocomplete: 'name' },
  { name: 'email', label: 'Email', keyboard: 'email', autocomplete: 'email' },
  { name: 'street', label: 'Street and number', keyboard: 'text', autocomplete: 'street-address' },
  { name: 'postcode', label: 'Postcode', keyboard: 'text', autocomplete: 'postal-code' },
  { name: 'town', label: 'Town', keyboard: 'text', autocomplete: 'address-level2' },
];

export function DeliveryForm({ onOrder }: { onOrder: (delivery: Delivery) => void }) {
  const [errors, setErrors] = useState<FieldErrors>({});

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const result = readDelivery(new FormData(event.currentTarget as HTMLFormElement));
    setErrors(result.kind === 'invalid' ? result.errors : {});
    if (result.kind === 'valid') onOrder(result.delivery);
  };

  return (
    <form class="delivery" noValidate onSubmit={submit}>
      {fields.map((field) => (
        <label key={field.name} class="field">
          <span>{field.label}</span>
          <input name={field.name} inputMode={field.keyboard} autocomplete={field.autocomplete} />
          <FieldError message={errors[field.name]} />
        </label>
      ))}
      <label class="field">
        <span>Country</span>
        <select name="country">
          {countries.map((country) => (
            <option key={country}>{country}</option>
          ))}
        </select>
        <FieldError message={errors.country} />
      </label>
      <button type="submit" class="button">
        Place the order
      </button>
    </form>
  );
}

function FieldError({ message }: { message: string | undefined }) {
  return message === undefined ? null : <em role="alert">{message}</em>;
}
