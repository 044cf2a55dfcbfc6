import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './elf.mjs';

/** What is in a folder, for a person: the largest parts with their sizes, and the works of others with their licences. */
export function listOf(folder, parts) {
  const sizes = new Map();
  let total = 0;
  for (const path of filesIn(folder)) {
    const { size } = lstatSync(join(folder, path));
    const words = path.split('/');
    const part = words[0] === 'resources' ? words.slice(0, words[1] === 'node_modules' ? 3 : 2).join('/') : words[0];
    sizes.set(part, (sizes.get(part) ?? 0) + size);
    total += size;
  }
  const large = [...sizes.entries()].sort((a, b) => b[1] - a[1]).filter(([, size]) => size > 500_000);
  const rows = large.map(([part, size]) => `  ${megabytes(size)}  ${part}`);
  const works = parts.map(
    ({ name, version, licence, where }) => `  ${licence.padEnd(14)} ${name} ${version} (${where})`,
  );
  return [
    `Inside (${megabytes(total).trim()} in all; below half a megabyte left out):`,
    ...rows,
    '',
    `Works of others (${parts.length}):`,
    ...works,
  ].join('\n');
}

export function megabytes(size) {
  return `${(size / 1e6).toFixed(1).padStart(6)} MB`;
}
