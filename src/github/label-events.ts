import { isSameLabel } from '../model/label.ts';
import type { Run } from '../model/run.ts';
import type { Client } from './client.ts';

/** What happened to a pull request, as far as labels need to know. */
export interface IssueEvent {
  readonly event: string;
  readonly created_at: string;
  readonly actor: { readonly login: string } | null;
  readonly label?: { readonly name: string };
}

/** Somebody may fill the history of a pull request; nobody waits for more than this. */
const MOST_EVENTS = 3_000;

/** The history of a pull request, oldest first; none where there are too many to say which is the last. */
export async function eventsOf(
  client: Client,
  { owner, repo }: Run,
  issue_number: number,
): Promise<readonly IssueEvent[]> {
  const all: IssueEvent[] = [];
  const query = { owner, repo, issue_number, per_page: 100 };
  for await (const { data } of client.paginate.iterator(client.rest.issues.listEvents, query)) {
    all.push(...(data as readonly IssueEvent[]));
    if (all.length > MOST_EVENTS) return [];
  }
  return all;
}

/** When the label that is there now was given; null where its history does not say. */
export function lastGiven(events: readonly IssueEvent[], label: string): IssueEvent | null {
  const last = events.findLast(
    ({ event, label: about }) =>
      (event === 'labeled' || event === 'unlabeled') && isSameLabel(about?.name ?? '', label),
  );
  return last?.event === 'labeled' ? last : null;
}
