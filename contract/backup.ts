import * as z from 'zod';
import type { Shape } from './shape.ts';

/** What a backup never has: keys of servers, the key that actions are signed with, models. Each is named to the person. */
export const leftOutOfBackups = ['keys', 'signing-key', 'models'] as const;

/** What was counted in a backup, for the person. */
export const backupContentsSchema = z.strictObject({
  chats: z.number(),
  actions: z.number(),
  receipts: z.number(),
  hasSettings: z.boolean(),
  /** Version of Beckon that wrote it, and when, in milliseconds since 1970. */
  version: z.string(),
  at: z.number(),
  bytes: z.number(),
});
export type BackupContents = Shape<typeof backupContentsSchema>;

/** Bytes done of all that are to be read or written. */
export interface BackupProgress {
  readonly done: number;
  readonly total: number;
}
