import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Saved } from './salvage.ts';

/** What a person is told after a database was salvaged. */
export interface DamageReport extends Saved {
  /** Where the damaged file is kept. */
  readonly asideFile: string;
  /** There was no file any more: nothing is kept. */
  readonly wasGone: boolean;
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

/** Values of the sentence `database/damaged`; `context` chooses which of its forms fits. */
export function valuesOf(report: DamageReport): Readonly<Record<string, string | number>> {
  const { total, kept, fromCopy, lostMessages, copyMadeAt, asideFile } = report;
  return {
    context: contextOf(report),
    total,
    kept,
    fromCopy,
    lostMessages,
    copyTime: copyMadeAt === null ? '' : localTime(new Date(copyMadeAt)),
    file: basename(asideFile),
  };
}

/** Which form of the sentence is true. */
export function contextOf({ total, kept, fromCopy, lostMessages, certain, wasGone }: DamageReport): string {
  if (wasGone) return kept === 0 ? 'gone' : fromCopy > 0 ? 'goneCopy' : 'goneInPart';
  if (kept === 0) return 'nothing';
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
