import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { statOrNull } from './file-places.ts';
import { openUntouched } from './row-sources.ts';
import type { Saved } from './salvage.ts';

/**
 * What stood where the chats should be: `log` is a sound file whose log is gone, `older` an earlier state of the file, `foreign`
 * another program's database.
 */
export type WhatWas = 'damaged' | 'gone' | 'folder' | 'foreign' | 'log' | 'older';
/** What only the error tells that was met. */
export type SoundButBehind = Extract<WhatWas, 'log' | 'older'>;

/** What a person is told after a database was salvaged. */
export interface DamageReport extends Saved {
  /** Where the damaged file is kept. */
  readonly asideFile: string;
  /** Where it is `gone` nothing is kept. */
  readonly was: WhatWas;
  /** Whether a copy stood by that rows were looked for in. */
  readonly restored: boolean;
  /** False when nothing could be written: what was saved is shown, and nothing new is stored. */
  readonly stored: boolean;
}

export function writeReport(database: DatabaseSync, report: DamageReport, now: Date): void {
  database
    .prepare('INSERT OR REPLACE INTO damage_reports (at, report) VALUES (?, ?)')
    .run(now.getTime(), JSON.stringify(report));
}

export function whatWas(path: string, behind: SoundButBehind | null): WhatWas {
  const found = statOrNull(path);
  if (found === null) return 'gone';
  if (!found.isFile()) return found.isDirectory() ? 'folder' : 'foreign';
  if (behind !== null) return behind;
  return isForeign(path) ? 'foreign' : 'damaged';
}

/** A database that can be read and has tables, of which none is Beckon's. */
function isForeign(path: string): boolean {
  let database: DatabaseSync | null = null;
  try {
    database = openUntouched(path, 'with-log');
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const own = ['conversations', 'messages', 'search_source', 'model_speed'];
    return tables.length > 0 && !tables.some(({ name }) => own.includes(String(name)));
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

/** Values of the sentence `database/damaged`, whose parts are chosen by `was` and `here`. */
export function valuesOf(report: DamageReport): Readonly<Record<string, string | number>> {
  // A report of an earlier Beckon does not tell of titles.
  const { total, kept, titles = 0, fromCopy, lostMessages, copyMadeAt, asideFile, was } = report;
  const here = contextOf(report);
  const inPart = was === 'damaged' && report.certain && kept > 0;
  return {
    context: `${was === 'gone' ? 'gone' : 'kept'}${kept > 0 && titles > 0 ? 'AndTitles' : ''}`,
    was: inPart ? 'part' : was,
    here,
    titles,
    total,
    kept,
    fromCopy,
    lostMessages,
    copyTime: copyMadeAt === null ? '' : localTime(new Date(copyMadeAt)),
    file: basename(asideFile),
  };
}

/** Which form of the sentence about what is here is true. */
export function contextOf({
  total,
  kept,
  titles = 0,
  fromCopy,
  lostMessages,
  certain,
  copyMadeAt,
}: DamageReport): string {
  if (kept === 0 && titles > 0) return 'nothingButTitles';
  if (kept === 0) return copyMadeAt === null ? 'nothing' : 'nothingInCopy';
  const lost = kept < total || lostMessages > 0;
  // Numbers of what is missing are only told where nothing else can be missing beside it.
  if (!certain) return `${fromCopy > 0 ? 'copyUnsure' : 'unsure'}${lostMessages > 0 ? 'AndLost' : ''}`;
  if (fromCopy > 0) return lost ? 'copyAndLost' : 'copy';
  return lost ? 'lost' : 'whole';
}

/** A time that is written alike in every language: 2026-03-01 14:20. */
function localTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
