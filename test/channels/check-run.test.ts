import { expect, test } from 'vitest';
import { channels } from '../../src/channels/index.ts';
import { deliver } from '../../src/deliver.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

const URL = 'https://github.com/acme/shop/actions/runs/5001';
const LINK = `\n<sub>[The whole report](${URL})</sub>\n`;
/** What GitHub takes, in bytes. */
const LIMIT = 65_535;

function place() {
  const sent: string[] = [];
  const channel = channels.checkRun(URL, async (summary) => {
    sent.push(summary);
  });
  return { channel, sent };
}

async function sentOf(text: string): Promise<string> {
  const { channel, sent } = place();
  await channel.send(text);
  return sent.join('');
}

test.each(Object.entries(canonicalReports))('the report %s is sent whole', async (_, report) => {
  const { channel, sent } = place();

  await deliver(report(), [{ form: 'markdown', channel }], { width: 80, color: false });

  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/^### /);
  expect(sent[0]).toMatch(/<sub>.*Weighbridge .*<\/sub>\n\n<sub>\[The whole report\]/);
});

test('the longest text fits with its link, and not one character more', async () => {
  const { channel } = place();
  const summary = await sentOf('x'.repeat(channel.maxLength));

  expect(Buffer.byteLength(summary)).toBe(LIMIT);
  expect(summary).toBe(`${'x'.repeat(channel.maxLength)}${LINK}`);
});

test('a text of wide characters is cut at the end of a line: GitHub counts bytes', async () => {
  const { channel } = place();
  const line = `| ❌ | ${'漢'.repeat(30)} | 👍 |\n`;
  const text = line.repeat(Math.floor(channel.maxLength / line.length));

  const summary = await sentOf(text);

  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(LIMIT);
  expect(Buffer.byteLength(summary)).toBeGreaterThan(LIMIT - 400);
  expect(summary.endsWith(`${line}${LINK}`)).toBe(true);
});

test('what was folded is closed before the link', async () => {
  const summary = await sentOf(
    `first\n<details><summary>all</summary>\n\n${'漢字\n'.repeat(12_000)}\n\n</details>\n`,
  );

  expect(summary).toMatch(/漢字\n\n<\/details>\n\n<sub>/);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(LIMIT);
});

test('a single line is cut between characters', async () => {
  const summary = await sentOf(`x${'👍'.repeat(30_000)}`);

  expect(summary.isWellFormed()).toBe(true);
  expect(summary).not.toContain('\ufffd');
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(LIMIT);
  expect(summary.endsWith(LINK)).toBe(true);
});
