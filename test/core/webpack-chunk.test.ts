import { describe, expect, test } from 'vitest';
import { chunkHead } from '../../src/core/chunk-head.ts';
import { type ChunkOutline, chunkOutline } from '../../src/core/webpack-chunk.ts';

function outlineOf(text: string): ChunkOutline | null {
  const data = Buffer.from(text);
  const head = chunkHead(data);
  if (head === null) throw new Error(`not the beginning of a chunk: ${text.slice(0, 80)}`);
  return chunkOutline(data, head);
}

const added = (modules: string) =>
  `(self.webpackChunka=self.webpackChunka||[]).push([[1],{${modules}}]);`;
const starting = (code: string) =>
  `(()=>{var e={1:e=>{}},t={};function n(r){var o=t[r];return o}${code}})();`;
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(',');

describe('a chunk is given up', () => {
  test.each([
    ['modules', 50_000, (count) => added(many(count, (index) => `${index}:e=>{}`))],
    ['parts that are none', 1_000, (count) => added('1,'.repeat(count))],
    ['modules without a number', 1_000, (count) => added(many(count, (at) => `"${at}":e=>{}`))],
    ['references', 250_000, (count) => added(`1:(e,t,n)=>{${many(count, () => 'n(1)')}}`)],
    ['references of its start', 250_000, (count) => starting(many(count, () => 'n(1)'))],
  ] satisfies [string, number, (count: number) => string][])(
    'where it has far too many %s',
    (_, most, textOf) => {
      expect(outlineOf(textOf(most - 1))).not.toBeNull();
      expect(outlineOf(textOf(most + 1))).toBeNull();
    },
  );
});
