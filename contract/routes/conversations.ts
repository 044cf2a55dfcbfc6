import * as z from 'zod';
import { conversationRowSchema, conversationSchema, searchHitSchema } from '../conversation.ts';
import { type Contract, request } from '../define.ts';
import * as ids from '../ids.ts';

const byConversation = z.strictObject({ conversationId: ids.conversationId });

/** Questions and answers in a row, as they are stored. */
export const conversationsRoutes = {
  requests: {
    'conversation.list': request(
      z.strictObject({
        query: z.string().max(1000),
        limit: z.int().min(1).max(500),
        /** The last one of the page before: what follows it is answered. */
        after: z.strictObject({ id: ids.conversationId, updatedAt: z.int() }).nullable().default(null),
        /** True: pinned chats alone; false: the others alone; null: all. */
        pinned: z.boolean().nullable().default(null),
      }),
      'free',
    ).returns(z.array(conversationRowSchema)),
    'conversation.search': request(
      z.strictObject({ query: z.string().max(1000), limit: z.int().min(1).max(500) }),
      'free',
    ).returns(z.array(searchHitSchema)),
    'conversation.get': request(byConversation, 'free').returns(conversationSchema),
    'conversation.rename': request(
      z.strictObject({ conversationId: ids.conversationId, title: z.string().min(1).max(200) }),
      'free',
    ).returns(z.null()),
    /** Keeps a chat at the top of lists, or no longer. */
    'conversation.pin': request(
      z.strictObject({ conversationId: ids.conversationId, pinned: z.boolean() }),
      'free',
    ).returns(z.null()),
    /** Puts the former answer to the last question in the place of the one that is there, which is the former then. */
    'conversation.swapAnswers': request(byConversation, 'free').returns(z.null()),
    /** Hidden at once; gone for good after `undoMs` unless restored. */
    'conversation.delete': request(byConversation, 'free').returns(z.strictObject({ undoMs: z.number() })),
    'conversation.restore': request(byConversation, 'free').returns(z.null()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
