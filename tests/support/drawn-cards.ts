import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { AtomFile, UsedAction } from '../../contract/atom.ts';
import type { CardSource } from '../../contract/card.ts';
import type { Message } from '../../contract/conversation.ts';
import { writeWhole } from '../../core/exports/whole-file.ts';
import { AuthorKey } from '../../core/sharing/author-key.ts';
import { Cards } from '../../core/sharing/cards/cards.ts';
import { pirate, profilesIn, type sharingProfile } from './shared-atoms.ts';

/** A message as it is stored. */
export function message(fields: Partial<Message>): Message {
  return {
    ...{ id: 'answer-1', conversationId: 'chat-1', role: 'assistant', text: '', thinking: '', state: 'complete' },
    ...{ error: null, receipt: null, canGoOn: false, attachments: [], action: null, createdAt: 1_750_000_000_000 },
    ...fields,
  } as Message;
}

/** What the person asked, and the text that it was about, which are nobody else's. */
export const asked = {
  question: 'why did my landlord write this',
  selection: 'the selection that nobody else may see',
};

function about(action: UsedAction | null): Message {
  const { question, selection } = asked;
  const attachment = {
    kind: 'selection',
    ...{ application: 'Mail', title: 'Mail to Ann', words: 7, extent: null },
    ...{ characters: selection.length, excerpt: selection },
  } as const;
  return message({ id: 'q', role: 'user', text: question, action, attachments: [attachment] });
}

export interface CardOptions {
  readonly text?: string;
  readonly sources?: readonly CardSource[];
  readonly used?: UsedAction | null;
  readonly state?: Message['state'];
}

/** Cards of a profile, whose answer is what a test says, by an action of that profile. */
export function cardsOf(
  { profile, atoms }: ReturnType<typeof sharingProfile>,
  actionId: string,
  options: CardOptions = {},
) {
  const { text = 'The answer: 1,200 and 90.', sources = [], state = 'complete' } = options;
  const used = options.used === undefined ? atoms.use(actionId, 'en') : options.used;
  return new Cards({
    author: new AuthorKey(join(profile, 'author.json')),
    answerOf: () => ({ answer: message({ text, state }), question: about(used) }),
    atomOf: (id) => {
      const found = atoms.all().find(({ file }) => file.id === id);
      return found === undefined ? null : { file: found.file, builtIn: found.from === null };
    },
    receiptOf: () => 'ab'.repeat(32),
    sourcesOf: async () => sources,
    toHtml: () => null,
    nameHost: (host) => host,
    nameFile: (title) => title,
    writePieces: async (path, pieces) => void (await writeWhole(path, pieces, new AbortController().signal)),
  });
}

/** Draws a code as the page does, on a picture of its width with something like an answer above it. */
export function drawn(code: readonly string[], ground = 255): Buffer {
  const square = Math.max(4, Math.min(8, Math.floor(605 / code.length)));
  const [width, above] = [1080, 300];
  const png = new PNG({ width, height: above + code.length * square + 48 });
  const paint = (x: number, y: number, grey: number) => {
    const at = (y * width + x) * 4;
    png.data.fill(grey, at, at + 3);
    png.data[at + 3] = 255;
  };
  for (let y = 0; y < png.height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isLetter = y > 60 && y < above - 60 && x > 56 && x < 1020 && y % 52 < 24 && (x * 7 + y * 3) % 23 < 5;
      paint(x, y, isLetter ? 255 - ground : ground);
    }
  code.forEach((row, line) => {
    for (let y = 0; y < square; y += 1)
      for (let x = 0; x < row.length * square; x += 1)
        paint(
          1080 - 56 - row.length * square + x,
          above + line * square + y,
          row[Math.floor(x / square)] === '1' ? 0 : 255,
        );
  });
  return PNG.sync.write(png);
}

/** A picture as a chat application sends it on: smaller, another format, and without any data but its pixels. */
export function sentOn(file: Buffer, share = 0.5, quality = 75): Buffer {
  const png = PNG.sync.read(file);
  const [width, height] = [Math.floor(png.width * share), Math.floor(png.height * share)];
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let colour = 0; colour < 3; colour += 1)
        data[(y * width + x) * 4 + colour] = meanOf(png, x / share, y / share, 1 / share, colour);
  return jpeg.encode({ data, width, height }, quality).data;
}

function meanOf(png: PNG, left: number, top: number, side: number, colour: number): number {
  let [sum, count] = [0, 0];
  for (let y = Math.floor(top); y < Math.min(png.height, top + side); y += 1)
    for (let x = Math.floor(left); x < Math.min(png.width, left + side); x += 1) {
      sum += png.data[(y * png.width + x) * 4 + colour] as number;
      count += 1;
    }
  return sum / Math.max(1, count);
}

/** The picture of a card, written as main has it written. */
export async function writtenCard(cards: Cards, name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-card-'));
  const made = await cards.make('answer-1', { authorName: name, language: 'en', theme: 'light' });
  const [picture, to] = [join(folder, 'drawn.png'), join(folder, 'card.png')];
  writeFileSync(picture, drawn(made.page.code));
  const { beside } = await cards.finish(made.id, picture, to);
  return { made, to, beside, folder, png: readFileSync(to) };
}

/** What tests do with cards of profiles in that folder. */
export function cardsIn(parent: string) {
  const profileWith = profilesIn(parent);
  return {
    /** A card of somebody, as their file and as what is in it. */
    async cardBy(name: string, file: AtomFile = pirate, options: CardOptions = {}) {
      const author = profileWith(file);
      return { author, ...(await writtenCard(cardsOf(author, file.id, options), name)) };
    },

    /** What another profile makes of bytes that were dropped there. */
    async readBy(here: ReturnType<typeof sharingProfile>, bytes: Buffer, ending = 'png') {
      const path = join(mkdtempSync(join(parent, 'dropped-')), `got.${ending}`);
      writeFileSync(path, bytes);
      return here.sharing.read([path]);
    },
  };
}
