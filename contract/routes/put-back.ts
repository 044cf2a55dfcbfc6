import * as z from 'zod';
import { diffPieceSchema } from '../changes.ts';
import { type Contract, request, state } from '../define.ts';
import { putBackModeSchema } from '../desktop.ts';
import { appErrorSchema } from '../error-shape.ts';
import * as ids from '../ids.ts';
import type { Shape } from '../shape.ts';

const none = z.strictObject({});

/**
 * How it stands with one answer and the place its text came from. `unchecked`: it may be there. `copied`: nothing was changed,
 * and it is in the clipboard because of the cause. `failed`: it is in neither. `checked`: whether what is undone, or was not,
 * is known to be there.
 */
export const backSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.enum(['writing', 'there']) }),
  z.strictObject({ status: z.enum(['unchecked', 'copied', 'failed']), cause: appErrorSchema }),
  z.strictObject({ status: z.literal('undoing'), checked: z.boolean() }),
  z.strictObject({ status: z.literal('not-undone'), checked: z.boolean(), cause: appErrorSchema }),
]);
export type Back = Shape<typeof backSchema>;

/** Where answers can go back to, and how it stands with each; the same for every window and command. */
export const putBackStateSchema = z.strictObject({
  /** Places of questions that were about selected text, by the question's id. */
  targets: z.array(
    z.strictObject({
      questionId: z.string(),
      editable: z.boolean(),
      application: z.string().nullable(),
      /** Nobody has tried to put text back there: it takes the person's word. */
      asksFirst: z.literal(true).exactOptional(),
    }),
  ),
  /** Answers that were put back or were to be. One that is in its place, or may be, does not go in twice. */
  answers: z.array(z.strictObject({ messageId: z.string(), conversationId: z.string(), back: backSchema })),
  /** The answer whose `cause` the person has not seen yet, by its message's id. */
  told: z.string().nullable(),
  /** The last answer that was put back, while it can be taken back. */
  undoable: z.strictObject({ messageId: z.string(), application: z.string().nullable() }).nullable(),
});
export type PutBackState = Shape<typeof putBackStateSchema>;

/** Writing an answer into the application its text came from. The requests only begin it: how it ends is in the state. */
export const putBackRoutes = {
  requests: {
    /**
     * Writes an answer into the very place its text was selected in; else nothing is changed, and it goes to the clipboard.
     * Beckon's own window goes for it, and comes back where nothing came of it. Fails where there is no such answer.
     */
    'answer.putBack': request(
      z.strictObject({
        messageId: ids.messageId,
        mode: putBackModeSchema,
        /** Numbers of the changes of `answer.changes` that are not made. */
        leftOut: z.array(z.int().min(0)).max(10_000).optional(),
        /** The person's word for a place that `asksFirst`; `always` is kept once the answer is there. */
        word: z.enum(['once', 'always']).optional(),
      }),
      'free',
    ).returns(z.null()),
    /** What an answer changes in the text it is about; empty when it is no changed form of a text. */
    'answer.changes': request(z.strictObject({ messageId: ids.messageId }), 'free').returns(z.array(diffPieceSchema)),
    /**
     * Copies an answer: its Markdown as text, and rich text for whoever takes it. False when nothing could copy. `leftOut`:
     * as in `answer.putBack`.
     */
    'answer.copy': request(
      z.strictObject({ messageId: ids.messageId, leftOut: z.array(z.int().min(0)).max(10_000).optional() }),
      'free',
    ).returns(z.boolean()),
    /** Takes the last `answer.putBack` back, when what it wrote is still there. */
    'answer.undoPutBack': request(none, 'free').returns(z.null()),
    /** The person has seen what was `told`. */
    'answer.putBackSeen': request(none, 'free').returns(z.null()),
  },
  streams: {},
  states: {
    putBack: state(putBackStateSchema, 'free', { targets: [], answers: [], told: null, undoable: null }),
  },
} as const satisfies Contract;
