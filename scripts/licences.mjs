// The licence texts of every package that is bundled, from what the bundle really holds.
import { readdir, readFile } from 'node:fs/promises';

/** @param {string[]} modules absolute paths of bundled modules */
export async function licences(modules) {
  const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null));
  const entries = await Promise.all([...folders].map(entry));
  // A package in two versions is named twice, the same version in two places once.
  const unique = new Map(entries.map((one) => [`${one.name}@${one.version}`, one]));
  const sorted = [...unique.entries()].sort(([left], [right]) => (left < right ? -1 : 1));
  return `${sorted.map(([id, { licence, text }]) => `${id} (${licence})\n\n${text}`).join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

function packageFolder(path) {
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path);
  return match === null ? null : match[1].replace(/^\0/, '');
}

async function entry(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  const text =
    file === undefined
      ? await fromReadme(folder, name)
      : await readFile(`${folder}/${file}`, 'utf8');
  return { name, version, licence: license, text: text.replaceAll('\r\n', '\n').trim() };
}

/** Some packages keep their licence in the readme; none at all must not pass unseen. */
async function fromReadme(folder, name) {
  const file = (await readdir(folder)).find((one) => /^readme/i.test(one));
  const readme = file === undefined ? '' : await readFile(`${folder}/${file}`, 'utf8');
  const at = readme.search(/^#+\s*licen[cs]e/im);
  if (at >= 0) return readme.slice(at);
  const { license, author } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  if (license === undefined) throw new Error(`${name} has no licence`);
  return `Licensed under ${license} by ${typeof author === 'string' ? author : (author?.name ?? 'its authors')}; the package holds no licence text.`;
}
