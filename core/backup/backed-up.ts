import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The database of chats, receipts and notices, which is copied by SQLite itself. */
export const databaseName = 'beckon.db';
/** Files that lie in the profile itself, where they are there. */
const single = ['settings.json', 'rules.json', 'prices.json', 'applications.json', 'proofs.json', 'grants.json'];
/** Actions and their versions. */
const folders = ['atoms', 'atom-versions'];

/** The only names that a backup has: nothing in them leads anywhere else. */
const name =
  /^(?:beckon\.db|(?:settings|rules|prices|applications|proofs|grants)\.json|atoms\/(?:removed\/)?[^/\\\0]{1,200}|atom-versions\/[^/\\\0]{1,200}\/\d{1,16}\.json)$/;
/** Largest file beside the database, and most of them. */
export const fileLimitBytes = 4_000_000;
export const mostFiles = 20_000;

/** Whether a backup may have a file of this name; no part of it is hidden or leads up. */
export function isBackedUp(path: string): boolean {
  return name.test(path) && path.split('/').every((part) => !part.startsWith('.'));
}

/** What of a profile goes into a backup, beside its database. Links, pipes and what is too large are no files of Beckon's. */
export function filesToBackUp(profile: string): readonly string[] {
  const found = [...single, ...folders.flatMap((folder) => filesIn(profile, folder))];
  return found.filter((path) => isBackedUp(path) && isPlain(join(profile, path)));
}

function filesIn(profile: string, folder: string): readonly string[] {
  let names: readonly string[];
  try {
    if (!lstatSync(join(profile, folder)).isDirectory()) return [];
    names = readdirSync(join(profile, folder)).sort();
  } catch {
    return [];
  }
  return names.flatMap((inner) => {
    const path = `${folder}/${inner}`;
    const isFolder = lstatSync(join(profile, path), { throwIfNoEntry: false })?.isDirectory() === true;
    return isFolder ? filesIn(profile, path) : [path];
  });
}

function isPlain(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= fileLimitBytes;
}

/** The first name of a path: what lies in the profile itself. */
export function topOf(path: string): string {
  return path.split('/')[0] ?? path;
}
