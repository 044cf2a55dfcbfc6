import * as z from 'zod';
import { diffPieceSchema } from '../changes.ts';
import { type Contract, request, state } from '../define.ts';
import { putBackAnswerSchema } from '../desktop.ts';
import * as ids from '../ids.ts';
import type { Shape } from '../shape.ts';

const none = z.strictObject({});

/** Where answers can go back to. */
export const putBackStateSchema = z.strictObject({
  /** Places of questions that were about selected text, by the question's id. */
  targets: z.array(
    z.strictObject({ questionId: z.string(), editable: z.boolean(), application: z.string().nullable() }),
  ),
  /** Answers that are where their text was, by their messages' ids; not `checked`: that may be there. None of them goes in twice. */
  written: z.array(z.strictObject({ messageId: z.string(), checked: z.boolean() })),
  /** The last answer that was put back, while it can be taken back. */
  undoable: z.strictObject({ messageId: z.string(), application: z.string().nullable() }).nullable(),
});
export type PutBackState = Shape<typeof putBackStateSchema>;

/** Writing an answer into the application its text came from. */
export const putBackRoutes = {
  requests: {
    /** Writes an answer into the very place its text was selected in; else says why, and nothing is changed. */
    'answer.putBack': request(
      z.strictObject({
        messageId: ids.messageId,
        mode: z.enum(['replace', 'insert-below']),
        /** Numbers of the changes of `answer.changes` that are not made. */
        leftOut: z.array(z.int().min(0)).max(10_000).optional(),
      }),
      'free',
    ).returns(putBackAnswerSchema),
    /** What an answer changes in the text it is about; empty when it is no changed form of a text. */
    'answer.changes': request(z.strictObject({ messageId: ids.messageId }), 'free').returns(z.array(diffPieceSchema)),
    /** Takes the last `answer.putBack` back, when what it wrote is still there. */
    'answer.undoPutBack': request(none, 'free').returns(putBackAnswerSchema),
  },
  streams: {},
  states: {
    putBack: state(putBackStateSchema, 'free', { targets: [], written: [], undoable: null }),
  },
} as const satisfies Contract;
