import type { Channel } from './channels/channel.ts';
import type { Report } from './model/report.ts';
import { type ReporterName, reporters } from './reporters/index.ts';
import type { Look } from './reporters/reporter.ts';

/** One report to make: its form and its place. */
export interface Delivery {
  readonly form: ReporterName;
  readonly channel: Channel;
}

/** Report, to words, to its place, for each that was asked for. */
export async function deliver(
  report: Report,
  deliveries: readonly Delivery[],
  look: Omit<Look, 'maxLength'>,
): Promise<void> {
  for (const { form, channel } of deliveries) {
    await channel.send(reporters[form](report, { ...look, maxLength: channel.maxLength }));
  }
}
