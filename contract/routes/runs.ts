import * as z from 'zod';
import { answersSchema } from '../atom-forms.ts';
import { type Contract, request, stream } from '../define.ts';
import * as ids from '../ids.ts';
import { leavingSchema, lookSchema } from '../look.ts';
import { reasonSchema } from '../reason.ts';
import { runPartSchema, runStartedSchema } from '../run.ts';

/** How a question may go. */
const goes = {
  /** The hash of what was shown of it: nothing else is sent. */
  agreed: z.string().max(100).nullable().default(null),
  /** A model of this machine answers, whichever is chosen. */
  here: z.boolean().default(false),
};
const again = z.strictObject({ conversationId: ids.conversationId, modelId: ids.modelId.nullable(), ...goes });
const goOn = z.strictObject({ conversationId: ids.conversationId, ...goes });

/** Answers that are being made. */
export const runsRoutes = {
  requests: {
    /**
     * Stores the question, then starts to answer it. `conversationId: null` makes a new conversation. With `editsMessageId`
     * the question replaces that one, and what came after it goes. Answered when the question is on disk.
     */
    'run.start': request(
      z.strictObject({
        /** Given by who asks, so that a request whose answer was lost can be made again: a question is stored once. */
        questionId: ids.messageId.optional(),
        conversationId: ids.conversationId.nullable(),
        // Its length is judged by core (`message/too-large`), which can say so in a sentence; the bridge has its own limit.
        text: z.string(),
        modelId: ids.modelId.nullable(),
        editsMessageId: ids.messageId.nullable(),
        /** An action to use on the texts; then `text` may be empty. */
        actionId: ids.id.nullable().default(null),
        /** Chips of the context that go along. */
        chipIds: z.array(ids.id).max(20).default([]),
        /**
         * What becomes of an answer that is being made in the conversation: the question takes its place, or waits until it has
         * ended, in the order in which questions came. One whose asker leaves while it waits is not asked.
         */
        whenBusy: z.enum(['replace', 'wait']).default('replace'),
        ...goes,
      }),
      'free',
    ).returns(runStartedSchema),
    /** Answers the last question of a conversation again, in place of its last answer. */
    'run.again': request(again, 'free').returns(runStartedSchema),
    /** Goes on with the last answer of a conversation where it was broken off; fails with `run/cannot-continue`. */
    'run.continue': request(goOn, 'free').returns(runStartedSchema),
    /** Where a question would go that is being written, by rules, its action and the chosen model; nothing is made of it. */
    'run.route': request(
      z.strictObject({
        conversationId: ids.conversationId.nullable(),
        text: z.string(),
        actionId: ids.id.nullable(),
        chipIds: z.array(ids.id).max(20),
      }),
      'free',
    ).returns(z.strictObject({ host: z.string().nullable(), reason: reasonSchema })),
    /**
     * What would be sent, to whom and at what price, if it were asked now; nothing is stored and nothing leaves. A question is
     * then started with the same `questionId`, and has the same pseudonyms.
     */
    'run.look': request(
      z.discriminatedUnion('of', [
        z.strictObject({
          of: z.literal('question'),
          questionId: ids.messageId,
          conversationId: ids.conversationId.nullable(),
          text: z.string(),
          modelId: ids.modelId.nullable(),
          editsMessageId: ids.messageId.nullable(),
          actionId: ids.id.nullable(),
          chipIds: z.array(ids.id).max(20),
        }),
        z.strictObject({
          of: z.literal('again'),
          conversationId: ids.conversationId,
          modelId: ids.modelId.nullable(),
        }),
        z.strictObject({ of: z.literal('continue'), conversationId: ids.conversationId }),
      ]),
      'free',
    ).returns(lookSchema),
    /** The later prompt of an answer that waits to be shown. Fails with `run/not-found` where none does. */
    'run.shown': request(z.strictObject({ runId: ids.runId }), 'free').returns(leavingSchema),
    /** Lets that very prompt go. Fails with `sending/shown-otherwise` where it is another one that waits. */
    'run.agree': request(z.strictObject({ runId: ids.runId, hash: z.string().max(100) }), 'free').returns(z.null()),
    /** Fills in the form that an answer waits for. Fails with `step/form-empty` and `step/form-wrong`, and the form waits on. */
    'run.fill': request(
      z.strictObject({ runId: ids.runId, formId: z.string().max(100), answers: answersSchema }),
      'free',
    ).returns(z.null()),
    'run.cancel': request(z.strictObject({ runId: ids.runId }), 'free').returns(z.null()),
  },
  streams: {
    'run.attach': stream(z.strictObject({ runId: ids.runId }), 'free').of(runPartSchema),
  },
  states: {},
} as const satisfies Contract;
