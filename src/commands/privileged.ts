import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';

/** Here a checkout may be a fork's, beside a token that may write. */
const PRIVILEGED: readonly string[] = ['pull_request_target', 'workflow_run'];

export function isPrivileged({ event }: Run): boolean {
  return PRIVILEGED.includes(event);
}

/** What is installed in a checkout is as much the change's as its sources are. */
export function withoutPackages(host: Host): Host {
  const loadPackage = async ([name]: readonly string[]) => {
    throw new UserError('package-refused', `${name} is not loaded in a privileged event.`, {
      hint: 'Its code may be that of the change. Let the check run on pull_request, and this workflow deliver what it has measured.',
    });
  };
  return { ...host, loadPackage };
}
