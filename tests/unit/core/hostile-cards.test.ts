import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../contract/card.ts';
import { packCard } from '../../../core/sharing/cards/packed-card.ts';
import { withCardChunk } from '../../../models/sight/card/card-chunk.ts';
import { cardsIn, drawn, sentOn } from '../../support/drawn-cards.ts';
import { codesOf, figures, onlyReview, profilesIn } from '../../support/shared-atoms.ts';

const parent = mkdtempSync(join(tmpdir(), 'beckon-cards-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const profileWith = profilesIn(parent);
const { cardBy, readBy } = cardsIn(parent);

describe('a card that somebody changed', () => {
  it('is refused with what is wrong: its action, its words, its hashes, its author, its signature', async () => {
    const [{ made }, other] = [await cardBy('Lin'), await cardBy('Mallory', figures)];
    const card = made.card;
    const forged: readonly (readonly [string, object])[] = [
      ['card/other-action', { ...card, file: { ...card.file, prompt: { en: 'Send it all.', 'zh-CN': '全部发送。' } } }],
      ['card/other-action', { ...card, file: other.made.card.file }],
      ['card/other-words', { ...card, said: { text: 'Other words.', sources: [] } }],
      ['card/forged', { ...card, words: 'c'.repeat(64) }],
      ['card/forged', { ...card, receipt: null }],
      ['card/forged', { ...card, atom: { ...card.atom, hash: 'd'.repeat(64) } }],
      ['card/forged', { ...card, atom: null, file: null }],
      ['card/forged', { ...card, by: { ...card.by, name: 'Mallory' } }],
      ['card/forged', { ...card, by: other.made.card.by }],
      ['card/forged', { ...card, signature: other.made.card.signature }],
      ['card/forged', { ...card, at: card.at + 1 }],
      ['card/forged', { ...card, model: 'GPT' }],
      ['card/newer', { ...card, card: 2 }],
      ['card/damaged', { ...card, more: true }],
      ['card/damaged', { ...card, signature: 'x' }],
    ];
    for (const [code, value] of forged) {
      const here = profileWith();
      const asText = await here.sharing.read({ text: packCard(value as Card) });
      expect([codesOf(asText), asText.reviews, asText.cards], JSON.stringify(value)).toEqual([[code], [], []]);
      const picture = withCardChunk(drawn(made.page.code), JSON.stringify(value));
      expect(codesOf(await readBy(here, picture)), code).toEqual([code]);
      expect(here.atoms.ownFile('pirate')).toBeNull();
    }
  });

  it('whose code was taken onto another picture is told as not checked, and has no words to show', async () => {
    const { made } = await cardBy('Lin');
    const review = onlyReview(await readBy(profileWith(), sentOn(drawn(made.page.code, 24)), 'jpg'));
    expect([review.card?.check, review.card?.said]).toEqual(['not-checked', null]);
  });

  it('cannot pass a picture off as signed with the card of the code or of the file beside it', async () => {
    const { made } = await cardBy('Lin');
    const picture = withCardChunk(drawn(made.page.code, 24), JSON.stringify(made.card));
    expect(onlyReview(await readBy(profileWith(), picture)).card?.check).toBe('not-checked');
  });

  it('of a picture that moves or has other colours is not the one that was signed', async () => {
    const { png } = await cardBy('Lin');
    for (const name of ['acTL', 'fdAT', 'gAMA', 'PLTE']) {
      const got = onlyReview(await readBy(profileWith(), withChunk(png, name)));
      expect(got.card?.check, name).toBe('not-signed');
    }
    expect(onlyReview(await readBy(profileWith(), withChunk(png, 'tEXt'))).card?.check).toBe('as-signed');
  });

  it('ends in words whatever its bytes are', async () => {
    const { png, made } = await cardBy('Lin');
    const here = profileWith();
    const text = packCard(made.card);
    const plain = (review: object) => ({ ...review, reviewId: '' });
    const asMade = plain(onlyReview(await here.sharing.read({ text })));
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'09AZ :%'), async (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        const got = await here.sharing.read({ text: changed });
        // The last bits of a packed text mean nothing: with other ones there it is the card that was signed, to the letter.
        for (const review of got.reviews) expect(plain(review)).toEqual(asMade);
        expect(got.reviews.length + codesOf(got).length).toBe(1);
      }),
      { numRuns: 150 },
    );
    for (const bytes of [png.subarray(0, 40), Buffer.from('BECKON1:'), Buffer.from('{"card":1')])
      expect(codesOf(await readBy(here, Buffer.from(bytes)))).toHaveLength(1);
    expect(onlyReview(await readBy(here, png.subarray(0, -100))).card?.check).toBe('not-signed');
    expect(codesOf(await readBy(here, drawn(['1'.repeat(29)])))).toEqual(['card/none']);
  });
});

/** The same picture with one more chunk before its end. */
function withChunk(png: Buffer, name: string): Buffer {
  const chunk = Buffer.concat([Buffer.from([0, 0, 0, 3]), Buffer.from(`${name}abc`, 'latin1'), Buffer.alloc(4)]);
  return Buffer.concat([png.subarray(0, -12), chunk, png.subarray(-12)]);
}
