import * as z from 'zod';
import { inBothLanguages } from './atom-steps.ts';
import { locatorSchema } from './locator.ts';
import type { Shape } from './shape.ts';

/** Longest answer that becomes a picture, in UTF-16 units: a longer one is a document. */
export const cardTextLimit = 12_000;
/** Most of what a card may say of itself, in bytes, wherever it is kept. */
export const cardLimitBytes = 300_000;
/** What a card begins with where it is text: in a QR code, or pasted. */
export const cardMark = 'BECKON1:';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const shortText = z.string().max(200);

/** A document that the answer is about, and a passage of it that the picture quotes. */
export const cardSourceSchema = z.strictObject({
  title: shortText,
  quote: z.string().max(400).nullable(),
  place: locatorSchema.nullable(),
});
export type CardSource = Shape<typeof cardSourceSchema>;

/** What the picture shows of an answer; its hash is signed. */
export const cardWordsSchema = z.strictObject({
  text: z.string().min(1).max(cardTextLimit),
  sources: z.array(cardSourceSchema).max(6),
});
export type CardWords = Shape<typeof cardWordsSchema>;

/** What made an answer, as its author signed it. Nothing of the text that the question was about is in it. */
const claimsSchema = z.strictObject({
  card: z.literal(1),
  by: z.strictObject({ name: z.string().min(1).max(60), key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  /** The action; null for a question in one's own words. `hash` is of what its file does. */
  atom: z.strictObject({ id: z.string().min(1).max(60), name: inBothLanguages, hash }).nullable(),
  /** SHA-256 of the canonical form of `words`. */
  words: hash,
  /** The hash of the last line about this answer in its author's log of receipts. */
  receipt: hash.nullable(),
  model: shortText,
  /** Where it was answered: null on the author's machine, empty on a server of their own network, else the host it was sent to. */
  host: shortText.nullable(),
  /** Milliseconds since 1970. */
  at: z.number().int().min(0),
  /** SHA-256 of the packed pixels of the picture that this lies in; null for a card that is not in one, or drawn on it. */
  pixels: hash.nullable(),
});
export type CardClaims = Shape<typeof claimsSchema>;

/** A card as it lies in a file. `file` is the atom, `said` what the picture shows: both are there where there is room. */
export const cardSchema = claimsSchema.extend({
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  file: z.record(z.string(), z.unknown()).nullable(),
  said: cardWordsSchema.nullable(),
});
export type Card = Shape<typeof cardSchema>;

/**
 * Whether the words on a picture are those that were signed. `as-signed`: they are. `not-signed`: the picture is another one than
 * the one that was signed. `not-checked`: the picture was made anew on its way, so that nobody can tell; `said` are the signed
 * words, where they came along.
 */
export const cardCheckSchema = z.enum(['as-signed', 'not-signed', 'not-checked']);
export type CardCheck = z.infer<typeof cardCheckSchema>;

/** What a card is told as, once its signature holds. */
export const toldCardSchema = z.strictObject({
  fileName: z.string(),
  by: z.strictObject({ name: z.string(), fingerprint: z.string() }),
  /** `own`: this profile. `before`: an action here is signed by the same key. */
  standing: z.enum(['own', 'first', 'before']),
  atom: z.strictObject({ id: z.string(), name: inBothLanguages, hash }).nullable(),
  /** Where the action is: in the card, here already, or neither (its author has it as a file). */
  action: z.enum(['inside', 'here', 'elsewhere', 'none']),
  check: cardCheckSchema,
  said: cardWordsSchema.nullable(),
  receipt: hash.nullable(),
  model: z.string(),
  host: z.string().nullable(),
  at: z.number(),
});
export type ToldCard = Shape<typeof toldCardSchema>;

/** What the page that is drawn shows. */
export const cardPageSchema = z.strictObject({
  words: cardWordsSchema,
  by: z.string(),
  action: z.string().nullable(),
  model: z.string(),
  host: z.string().nullable(),
  at: z.number(),
  receipt: hash.nullable(),
  /** The QR code, a row a string of 0 and 1, with its quiet edge; `holdsAction`: the action is whole in it. */
  code: z.array(z.string().regex(/^[01]{21,200}$/)).max(200),
  holdsAction: z.boolean(),
  language: z.enum(['en', 'zh-CN']),
  theme: z.enum(['light', 'dark']),
});
export type CardPage = Shape<typeof cardPageSchema>;

/** The words of a card's HTML page that are not the answer's own. */
export const cardPageWordsSchema = z.strictObject({
  sources: z.string().max(200),
  /** Who made it and with what, a line each. */
  made: z.array(z.string().max(600)).max(10),
  /** What can be done with it. */
  use: z.string().max(600),
});
export type CardPageWords = Shape<typeof cardPageWordsSchema>;

export const cardFormats = ['png', 'html'] as const;
export type CardFormat = (typeof cardFormats)[number];
