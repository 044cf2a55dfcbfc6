import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { AtomFile } from '../../../contract/atom.ts';
import { cardTextLimit } from '../../../contract/card.ts';
import { fromBase45, toBase45 } from '../../../core/sharing/cards/base45.ts';
import { cardSources } from '../../../core/sharing/cards/card-sources.ts';
import { packCard } from '../../../core/sharing/cards/packed-card.ts';
import { readCardChunk, withCardChunk } from '../../../models/sight/card/card-chunk.ts';
import { asked, type CardOptions, cardsIn, cardsOf, drawn, sentOn } from '../../support/drawn-cards.ts';
import { codesOf, onlyReview, pirate, profilesIn } from '../../support/shared-atoms.ts';

const parent = mkdtempSync(join(tmpdir(), 'beckon-cards-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const profileWith = profilesIn(parent);
const { cardBy, readBy } = cardsIn(parent);

const longAction: AtomFile = {
  ...pirate,
  id: 'long',
  prompt: { en: randomWords(600), 'zh-CN': '很长。'.repeat(20) },
} as AtomFile;

function randomWords(count: number): string {
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed.toString(36);
  };
  return Array.from({ length: count }, next).join(' ').slice(0, 7000);
}

describe('an answer card', () => {
  it('goes round: drawn, sent on as a small JPEG, read elsewhere, its action added as it was signed and known again', async () => {
    const { png, made, beside } = await cardBy('Lin Wei');
    expect([made.page.holdsAction, beside]).toEqual([true, false]);
    const here = profileWith();
    const got = await readBy(here, sentOn(png), 'jpg');
    const review = onlyReview(got);
    expect(review.card).toMatchObject({
      by: { name: 'Lin Wei' },
      standing: 'first',
      check: 'not-checked',
      action: 'inside',
      said: null,
      receipt: 'ab'.repeat(32),
    });
    expect(review).toMatchObject({ kind: 'new', seal: { state: 'signed', by: { name: 'Lin Wei' } } });
    expect(here.sharing.add(review.reviewId)).toEqual({ file: 'pirate.json' });
    expect(here.atoms.use('pirate', 'en').instruction).toBe('Say it like a pirate.');
    const again = onlyReview(await readBy(here, sentOn(png), 'jpg'));
    expect([again.kind, again.card?.standing]).toEqual(['same', 'before']);
  });

  it('is read at other sizes and qualities, on white and on black', async () => {
    const { made } = await cardBy('Lin');
    const here = profileWith();
    for (const ground of [255, 24])
      for (const [share, quality] of [
        [0.4, 60],
        [0.5, 40],
        [1, 30],
      ] as const) {
        const got = await readBy(here, sentOn(drawn(made.page.code, ground), share, quality), 'jpg');
        expect(codesOf(got), `${ground} ${share} ${quality}`).toEqual([]);
      }
  });

  it('says of the picture itself whether it is the one that was signed, and has its words', async () => {
    const { png } = await cardBy('Lin', pirate, { text: '# Arr\n\nThe *words*.' });
    const here = profileWith();
    expect(onlyReview(await readBy(here, png)).card).toMatchObject({
      check: 'as-signed',
      said: { text: '# Arr\n\nThe *words*.', sources: [] },
    });
    const other = withCardChunk(drawn([...codeRows(png)]), readCardChunk(png) ?? '');
    expect(onlyReview(await readBy(here, other)).card?.check).toBe('not-signed');
  });

  it('has nothing of the text that was asked about, wherever it is kept', async () => {
    const { made, to, png } = await cardBy('Lin');
    const all = [
      JSON.stringify(made.card),
      JSON.stringify(made.page),
      png.toString('latin1'),
      readFileSync(to, 'latin1'),
    ];
    for (const one of all) for (const own of [...Object.values(asked), 'Mail to Ann']) expect(one).not.toContain(own);
    const known = [
      'card',
      'by',
      'atom',
      'words',
      'receipt',
      'model',
      'host',
      'at',
      'pixels',
      'signature',
      'file',
      'said',
    ];
    expect(Object.keys(made.card).toSorted()).toEqual(known.toSorted());
    expect(Object.keys(made.card.said ?? {})).toEqual(['text', 'sources']);
  });

  it('names and quotes documents, and never a selection, the clipboard or a screen', () => {
    const nearest = { text: 'A passage  of it.', locator: null, at: { text: 0, start: 0, end: 1 } };
    const sentence = { text: 'x', start: 0, end: 1, nowhere: [], nearest };
    const grounding = { status: 'looked-up', sentences: [sentence, sentence], meaning: 'none' } as const;
    const file = { kind: 'file', title: 'report.pdf' };
    expect(cardSources([file], grounding)).toEqual([{ title: 'report.pdf', quote: 'A passage of it.', place: null }]);
    expect(cardSources([file, { kind: 'window', title: 'Mail' }], grounding)).toHaveLength(1);
    for (const kind of ['selection', 'clipboard', 'screen'])
      expect(cardSources([file, { kind, title: 'Mail to Ann' }], grounding), kind).toEqual([]);
    expect(cardSources([file, { kind: 'file', title: 'b.txt' }], grounding).map(({ quote }) => quote)).toEqual([
      null,
      null,
    ]);
  });

  it('of an action that is too large for its code has it in the picture and in a file beside it', async () => {
    const { made, png, folder, beside } = await cardBy('Lin', longAction);
    expect([made.page.holdsAction, beside]).toEqual([false, true]);
    const here = profileWith();
    expect(onlyReview(await readBy(here, png)).atom.id).toBe('long');
    const besideFile = join(folder, 'card.card.json');
    expect(existsSync(besideFile)).toBe(true);
    expect(onlyReview(await here.sharing.read([besideFile])).card).toMatchObject({
      check: 'not-checked',
      action: 'inside',
    });
    const bare = await readBy(here, sentOn(png), 'jpg');
    expect([bare.reviews, bare.refused]).toEqual([[], []]);
    expect(bare.cards).toMatchObject([{ action: 'elsewhere', atom: { id: 'long' } }]);
  });

  it('leaves an action out that is another one now than the answer was made by', async () => {
    const author = profileWith(pirate);
    const used = { ...author.atoms.use('pirate', 'en'), instruction: 'Say it otherwise.' };
    const made = await cardsOf(author, 'pirate', { used }).make('a', {
      authorName: 'Lin',
      language: 'en',
      theme: 'light',
    });
    expect([made.card.atom, made.card.file]).toEqual([null, null]);
  });

  it('keeps what somebody else signed theirs, and needs no signature for Beckon’s own', async () => {
    const { author } = await cardBy('Lin');
    const given = author.sharing.export('pirate', 'Lin').text;
    const other = profileWith(JSON.parse(given) as AtomFile);
    const look = { authorName: 'Omar', language: 'en', theme: 'light' } as const;
    const made = await cardsOf(other, 'pirate').make('a', look);
    expect([made.card.by.name, made.card.file]).toMatchObject(['Omar', { shared: { by: { name: 'Lin' } } }]);
    const own = await cardsOf(other, 'translate').make('a', look);
    expect(own.card.file?.['shared']).toBeUndefined();
    const here = profileWith();
    const got = onlyReview(await readBy(here, sentOn(drawn(own.page.code)), 'jpg'));
    expect([got.kind, got.atom.id]).toEqual(['same', 'translate']);
  });

  it('is made of a finished answer of a length that a picture has', async () => {
    const author = profileWith(pirate);
    const look = { authorName: 'Lin', language: 'en', theme: 'light' } as const;
    const making = (options: CardOptions) => cardsOf(author, 'pirate', options).make('a', look);
    await expect(making({ text: '  ' })).rejects.toMatchObject({ code: 'card/no-answer' });
    await expect(making({ state: 'growing' })).rejects.toMatchObject({ code: 'card/no-answer' });
    await expect(making({ text: 'a'.repeat(cardTextLimit + 1) })).rejects.toMatchObject({ code: 'card/too-long' });
    const nameless = cardsOf(profileWith(pirate), 'pirate').make('a', { ...look, authorName: null });
    await expect(nameless).rejects.toMatchObject({ code: 'atom/author-wanted' });
  });

  it('goes as a page and as pasted text, too', async () => {
    const author = profileWith(pirate);
    const cards = cardsOf(author, 'pirate', { text: '<b>not bold</b>' });
    const made = await cards.make('a', { authorName: 'Lin', language: 'en', theme: 'light' });
    const to = join(author.profile, 'card.html');
    await cards.writePage(made.id, to, { sources: 'From', made: ['By Lin'], use: 'Open it' });
    expect(readFileSync(to, 'utf8')).toContain('&lt;b');
    const here = profileWith();
    expect(onlyReview(await here.sharing.read([to])).card).toMatchObject({ said: { text: '<b>not bold</b>' } });
    expect(onlyReview(await here.sharing.read({ text: packCard(made.card) })).atom.id).toBe('pirate');
  });
});

describe('what a code holds', () => {
  it('comes back from its letters, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => isDeepStrictEqual(fromBase45(toBase45(bytes)), bytes)));
    for (const wrong of ['A', 'ABCD', 'GGW', ':::', 'a00']) expect(fromBase45(wrong), wrong).toBeNull();
  });

  it('is small enough to be read of a small picture for every action of Beckon’s own but the longest', async () => {
    const author = profileWith();
    const signer = {
      ...(await cardsOf(author, 'translate').make('a', {
        authorName: 'A name of usual length',
        language: 'en',
        theme: 'light',
      })),
    };
    expect(signer.page.holdsAction).toBe(true);
    const held: boolean[] = [];
    for (const { file } of author.atoms.all()) {
      const made = await cardsOf(author, file.id).make('a', { authorName: null, language: 'en', theme: 'light' });
      held.push(made.page.holdsAction);
      expect(made.page.code.length, file.id).toBeLessThanOrEqual(129);
    }
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(held.length - 1);
  });
});

/** Any code at all, for a picture that looks otherwise. */
function codeRows(png: Buffer): readonly string[] {
  const side = 33 + (png.length % 3);
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (__, x) => ((x * y + x) % 3 === 0 ? '1' : '0')).join(''),
  );
}
