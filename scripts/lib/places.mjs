import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What is fetched once for all checkouts: runtimes, test models, built tools. */
export const cache =
  process.env.BECKON_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'beckon');

export const node24 = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
