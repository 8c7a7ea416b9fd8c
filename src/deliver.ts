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
    const write = await reporters[form]();
    // A file is read anywhere: escape sequences are for the terminal that was looked at.
    const color = look.color && channel.name === 'stdout';
    await channel.send(write(report, { ...look, color, maxLength: channel.maxLength }));
  }
}
