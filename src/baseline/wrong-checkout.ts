import { UserError } from '../model/errors.ts';

/** What was built is not what the run is about: whatever it were compared with, it would mislead. */
export function wrongCheckout(built: string, expected: string, hint: string): UserError {
  const message = `What is checked out, ${built}, is not ${expected}.`;
  return new UserError('wrong-checkout', message, { hint });
}
