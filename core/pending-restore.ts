import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncToDisk } from './file-care.ts';

/** The folder in a profile where a restore is made ready. */
const stageName = 'restore';
/** What is restored lies here, as it will lie in the profile. */
export const newName = 'new';
/** It is there once all that is restored is whole and on the disk: from then on a restore is gone on with, whatever happens. */
const readyName = 'ready.json';
/** It is there once what was in the profile is out of it: from then on nothing is taken out any more. */
const clearedName = 'cleared';

/**
 * What of a profile gives way to a restore: chats with their copies, their search and what was saved of damaged ones, settings,
 * actions, and keys, since a backup may name other addresses for the servers that they are for.
 */
const givesWay =
  /^(?:beckon(?:-search)?\.db.*|backups|(?:settings|rules|prices|applications|proofs|grants|put-back|keys)(?:\.broken.*)?\.json|atoms|atom-versions)$/;
/** Stays, and is kept with the old profile, too. */
const shared = ['author.json'];

export function stageOf(profile: string): string {
  return join(profile, stageName);
}

/** From here on the next who opens the profile finds what was restored. `keptIn`: the name of the folder for what was there. */
export function commit(profile: string, keptIn: string): void {
  const stage = stageOf(profile);
  const draft = join(stage, `${readyName}.new`);
  writeFileSync(draft, JSON.stringify({ keptIn }), { mode: 0o600, flush: true });
  syncToDisk(join(stage, newName));
  renameSync(draft, join(stage, readyName));
  syncToDisk(stage);
}

/**
 * Puts what was restored in its place, and what was there beside it. Called by whoever owns the profile before they open anything
 * in it; it can be killed at any point and is gone on with by the next who does. A restore that was not made ready is forgotten.
 * Answers the folder of what was there; null where there was nothing.
 */
export function putInPlace(profile: string): string | null {
  const stage = stageOf(profile);
  if (!existsSync(stage)) return null;
  const keptIn = readyIn(stage);
  if (keptIn === null) {
    rmSync(stage, { recursive: true, force: true });
    return null;
  }
  const kept = join(profile, keptIn);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  if (!existsSync(join(stage, clearedName))) {
    for (const name of readdirSync(profile).filter((one) => givesWay.test(one))) moveOut(profile, kept, name);
    for (const name of shared) if (isFile(join(profile, name))) copyFileSync(join(profile, name), join(kept, name));
    for (const folder of [kept, profile]) syncToDisk(folder);
    writeFileSync(join(stage, clearedName), '', { mode: 0o600, flush: true });
    syncToDisk(stage);
  }
  const fresh = join(stage, newName);
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(profile, name));
  syncToDisk(profile);
  rmSync(join(stage, readyName), { force: true });
  rmSync(stage, { recursive: true, force: true });
  if (readdirSync(kept).length > 0) return kept;
  rmdirSync(kept);
  return null;
}

/** Null for a restore that was not made ready. */
function readyIn(stage: string): string | null {
  try {
    const { keptIn } = JSON.parse(readFileSync(join(stage, readyName), 'utf8')) as { readonly keptIn?: unknown };
    return typeof keptIn === 'string' && /^before-restore-[\w-]{1,60}$/.test(keptIn) ? keptIn : null;
  } catch {
    return null;
  }
}

/** A name that is taken there already is of a try that was killed between two of its steps. */
function moveOut(profile: string, kept: string, name: string): void {
  let free = name;
  for (let count = 2; existsSync(join(kept, free)); count += 1) free = `${name}-${count}`;
  renameSync(join(profile, name), join(kept, free));
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
