import type { Asset } from '../model/snapshot.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * True for an asset just as this version writes it. A schema says the same of every asset, and of
 * more of them, in a hundred times the time: for thousands of assets that is most of a check.
 */
export function isKnownAsset(value: unknown): value is Asset {
  if (typeof value !== 'object' || value === null) return false;
  const {
    path,
    subject,
    sha256,
    content,
    raw,
    gzip,
    brotli,
    origin,
    load,
    sketch,
    modules,
    ...others
  } = value as Readonly<Record<string, unknown>>;
  return (
    [path, subject].every(isName) &&
    [sha256, content].every(isHash) &&
    isBytes(raw) &&
    [gzip, brotli].every((size) => size === undefined || isBytes(size)) &&
    [origin, sketch].every(isTextIfGiven) &&
    (load === undefined || load === 'initial' || load === 'lazy') &&
    (modules === undefined || (Array.isArray(modules) && modules.every(isKnownModule))) &&
    Object.keys(others).length === 0
  );
}

function isKnownModule(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, raw, gzip, brotli, importer, ...others } = value as Readonly<Record<string, unknown>>;
  return (
    isName(id) &&
    isBytes(raw) &&
    [gzip, brotli].every((size) => size === undefined || isBytes(size)) &&
    isTextIfGiven(importer) &&
    Object.keys(others).length === 0
  );
}

function isTextIfGiven(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && SHA256.test(value);
}

function isBytes(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
