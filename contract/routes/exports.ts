import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import { exportFormatSchema, exportWordsSchema } from '../export.ts';
import * as ids from '../ids.ts';

/** The chats of an export; null: all of them. */
export const exportedChatsSchema = z.array(ids.conversationId).min(1).max(1000).nullable();

/** Chats as files. Only main and the cli may ask: where a file goes is chosen in a dialog, and never by a page. */
export const exportsRoutes = {
  requests: {
    /** A name for the file that every system takes, with its ending. Throws `conversation/not-found`. */
    'export.name': request(
      z.strictObject({ conversationIds: exportedChatsSchema, format: exportFormatSchema, words: exportWordsSchema }),
    ).returns(z.strictObject({ name: z.string() })),
    /**
     * Writes the file whole or not at all; `written` is false when it was cancelled. Fails with `export/not-written` and
     * `disk/full`. Chats that were deleted meanwhile are left out.
     */
    'export.write': request(
      z.strictObject({
        conversationIds: exportedChatsSchema,
        format: exportFormatSchema.exclude(['pdf']),
        path: z.string().min(1).max(4096),
        words: exportWordsSchema,
      }),
    ).returns(z.strictObject({ written: z.boolean() })),
    /** Ends every export that is being written, and removes what it has of its file. */
    'export.cancel': request(z.strictObject({})).returns(z.null()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
