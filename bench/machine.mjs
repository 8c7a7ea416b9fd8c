// What the figures were taken on: without it they mean nothing to somebody else.
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()}`,
    node: process.version,
    zlib: process.versions.zlib,
    brotli: process.versions.brotli,
  };
}
