import * as z from 'zod';
import { authorNameLimit } from '../atom-shared.ts';
import { cardPageSchema, cardPageWordsSchema } from '../card.ts';
import { type Contract, request } from '../define.ts';
import * as ids from '../ids.ts';

const path = z.string().min(1).max(4096);

/** Answers as pictures and pages that say what made them. Main draws them, and asks where they go. */
export const cardsRoutes = {
  requests: {
    /**
     * Signs what made an answer and tells what the picture shows. Fails with `card/no-answer`, `card/too-long`,
     * `conversation/not-found`, and `atom/author-wanted` where no name was chosen yet.
     */
    'card.make': request(
      z.strictObject({
        answerId: ids.messageId,
        authorName: z
          .string()
          .max(authorNameLimit * 4)
          .nullable(),
        language: z.enum(['en', 'zh-CN']),
        theme: z.enum(['light', 'dark']),
      }),
    ).returns(z.strictObject({ id: ids.id, fileName: z.string(), page: cardPageSchema })),
    /**
     * Writes a picture that main drew at `drawn`, with the card in its data; `beside`: what is too large for its code lies in a
     * file beside it. Fails with `card/gone`, `card/not-drawn`, `export/not-written` and `disk/…`.
     */
    'card.finish': request(z.strictObject({ id: ids.id, drawn: path, to: path })).returns(
      z.strictObject({ beside: z.boolean() }),
    ),
    /** Writes the card as a page. Fails with `card/gone`, `export/not-written` and `disk/…`. */
    'card.writePage': request(z.strictObject({ id: ids.id, to: path, words: cardPageWordsSchema })).returns(z.null()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
