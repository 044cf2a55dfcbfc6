import * as z from 'zod';
import { backupContentsSchema } from '../backup.ts';
import { type Contract, request, state } from '../define.ts';

const none = z.strictObject({});
const path = z.string().min(1).max(4096);

/** All that is the person's in one file. Where it goes, and which is restored, is chosen in dialogs of main's. */
export const backupsRoutes = {
  requests: {
    /**
     * Writes a backup whole or not at all; null when it was cancelled. Fails with `backup/nothing`, `export/not-written` and
     * `disk/…`.
     */
    'backup.write': request(z.strictObject({ path })).returns(backupContentsSchema.nullable()),
    /**
     * Reads a backup whole, checks it and makes it ready; nothing of the profile changes. Fails with `backup/…`, `database/newer`
     * and `disk/…`; null when it was cancelled.
     */
    'backup.stage': request(z.strictObject({ path })).returns(backupContentsSchema.nullable()),
    /** Has the next core put what was made ready in its place; answers the folder that what is here now is kept in. */
    'backup.commit': request(none).returns(z.strictObject({ keptIn: z.string() })),
    /** Forgets what was made ready. */
    'backup.forget': request(none).returns(z.null()),
    'backup.cancel': request(none, 'free').returns(z.null()),
  },
  streams: {},
  states: {
    /** Bytes or pages done of what is written or read now; null while nothing is. */
    backingUp: state(
      z.strictObject({ running: z.strictObject({ done: z.number(), total: z.number() }).nullable() }),
      'free',
      { running: null },
    ),
  },
} as const satisfies Contract;
