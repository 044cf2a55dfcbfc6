import * as z from 'zod';

/** Ids are short, printable and made by the process that owns the thing; nothing is looked up by a path. */
export const id = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\w.:-]+$/);

/** A run of one answer, owned by core. */
export const runId = id;
export const conversationId = id;
export const messageId = id;
/** A catalogue row, a file the person added (`file:…`) or a model on a server (`server:…`). */
export const modelId = z.string().min(1).max(400);
export const serverId = id;
