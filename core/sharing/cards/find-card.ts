import { type CardCheck, cardLimitBytes, cardMark } from '../../../contract/card.ts';
import { AppError } from '../../../contract/errors.ts';
import type { FoundCard } from '../../../contract/sight.ts';
import { isPicture } from '../read-paths.ts';
import { readStrictJson } from '../strict-json.ts';
import { unpackCard } from './packed-card.ts';
import { requireCard } from './sign-card.ts';

/** What a picture carries, found in a process of its own. Throws `picture/…`. */
export type ReadPicture = (bytes: Uint8Array) => Promise<FoundCard>;

export interface CheckedCard {
  readonly card: ReturnType<typeof requireCard>;
  readonly check: CardCheck;
}

/**
 * The card in a file: a picture, a page, or text; null for what is none of these, which may be an action. Throws `card/…` for one
 * that does not hold, `card/none` for a picture without one, and `picture/…`.
 */
export async function findCard(
  bytes: Uint8Array,
  fileName: string,
  readPicture: ReadPicture,
): Promise<CheckedCard | null> {
  if (isPicture(bytes)) return inPicture(await readPicture(bytes), fileName);
  if (bytes.byteLength > cardLimitBytes) return null;
  const value = inText(Buffer.from(bytes).toString('utf8').trim(), fileName);
  // What stands on a page beside it can be changed by anybody who has an editor.
  return value === null ? null : { card: requireCard(value, fileName), check: 'not-checked' };
}

function inPicture({ data, code, pixels }: FoundCard, fileName: string): CheckedCard {
  if (data === null && code === null) throw new AppError('card/none', 'no card in it', { values: { file: fileName } });
  const value = data === null ? unpackCard(code ?? '', fileName) : fromJson(data, fileName);
  const card = requireCard(value, fileName);
  // A code looks the same on every picture.
  if (data === null || card.pixels === null) return { card, check: 'not-checked' };
  return { card, check: card.pixels === pixels ? 'as-signed' : 'not-signed' };
}

const onPage = /<meta name="beckon-card" content="(BECKON1:[0-9A-Z $%*+\-./:]+)">/;

function inText(text: string, fileName: string): unknown {
  if (text.startsWith(cardMark)) return unpackCard(text, fileName);
  const code = /^<!doctype html/i.test(text) ? onPage.exec(text)?.[1] : undefined;
  if (code !== undefined) return unpackCard(code, fileName);
  return /^\{\s*"card"\s*:/.test(text) ? fromJson(text, fileName) : null;
}

function fromJson(text: string, fileName: string): unknown {
  return readStrictJson(Buffer.from(text), fileName);
}
