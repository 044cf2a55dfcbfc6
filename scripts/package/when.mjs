import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { read } from '../lib/run.mjs';

/**
 * The time that everything in a package carries, in seconds since 1970, so that the same sources give the same bytes: what
 * SOURCE_DATE_EPOCH says, else the last commit, else the last release that the description of the application names.
 */
export function packageTime() {
  const given = Number(process.env.SOURCE_DATE_EPOCH ?? Number.NaN);
  if (Number.isInteger(given)) return given;
  const commit = Number(read('git', ['log', '-1', '--format=%ct'], { cwd: root }) ?? Number.NaN);
  if (Number.isInteger(commit) && commit > 0) return commit;
  const description = readFileSync(join(root, 'packaging', 'app.beckon.beckon.metainfo.xml'), 'utf8');
  return Date.parse(/<release [^>]*date="([\d-]+)"/.exec(description)?.[1] ?? '2026-11-30') / 1000;
}
