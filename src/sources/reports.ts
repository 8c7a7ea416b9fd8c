import { decodeText } from '../format/text.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { resolvePatterns } from './walk.ts';

/** A report file of another tool, parsed. `path` is as the glob gives it. */
export interface ReportFile {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Reads the JSON files that globs name, in the order of their paths.
 * @throws UserError `report-unreadable` for an empty, half-written, vanished or non-UTF-8 file, by name
 */
export async function readReports(
  globs: readonly string[],
  folder: string,
  host: Host,
): Promise<ReportFile[]> {
  const found = await host.glob(await resolvePatterns(globs, folder, host), folder);
  const paths = found.map(({ path }) => path).sort();
  const files: ReportFile[] = [];
  for (const path of paths) {
    const bytes = await host.read(host.resolve(folder, path));
    // A run that is left out in silence would move the median of the others.
    if (bytes === null) {
      throw unreadable(path, 'vanished while it was read', 'Measure when its tool has finished.');
    }
    files.push({ path, value: parseReport(bytes, path) });
  }
  return files;
}

function parseReport(bytes: Uint8Array, path: string): unknown {
  if (bytes.length === 0) {
    throw unreadable(path, 'is empty', 'The tool that writes it crashed, or has not finished.');
  }
  const text = decodeText(bytes, path);
  if (text.startsWith('\uFEFF')) {
    throw unreadable(path, 'starts with a byte order mark', 'Write it as UTF-8 without one.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw unreadable(
      path,
      `is not whole JSON (${words})`,
      'A report that was cut off is no result: run its tool again.',
    );
  }
}

function unreadable(path: string, what: string, hint: string): UserError {
  return new UserError('report-unreadable', `${path} ${what}.`, { hint });
}
