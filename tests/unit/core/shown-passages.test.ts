import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TextPositions } from '../../../contract/document.ts';
import type { AppError } from '../../../contract/errors.ts';
import { aroundCharacters, type PassageAt, type ViewerPlace } from '../../../contract/passage.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { aroundPassage, viewerPlaceOf } from '../../../core/passages/around-passage.ts';
import { Passages } from '../../../core/passages/passages.ts';

const pages = ['The ferry leaves at 7:40.', 'A ticket costs 84 kronor. Children pay half.', 'Cars need a booking.'];
const text = pages.join('\n\n');
const positions: TextPositions = {
  ...{ unit: 'page', read: 3, total: 3 },
  sections: pages.map((page, at) => ({
    start: text.indexOf(page),
    locator: { unit: 'page', first: at + 1, last: at + 1 },
  })),
};
const spanOf = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });

describe('what stands around a passage', () => {
  it('is all of its page and nothing of another, with its place', () => {
    expect(aroundPassage(text, positions, spanOf('Children pay half.'))).toEqual({
      locator: { unit: 'page', first: 2, last: 2 },
      ...{ before: 'A ticket costs 84 kronor. ', passage: 'Children pay half.', after: '' },
    });
  });

  it('is bounded in a text of one section, and begins at a whole line', () => {
    const long = `${'line of words\n'.repeat(2000)}HERE${'\nline of words'.repeat(2000)}`;
    const lines: TextPositions = {
      ...{ unit: 'line', read: 4000, total: 4000 },
      sections: [{ start: 0, locator: { unit: 'line', first: 1, last: 4001 } }],
    };
    const at = long.indexOf('HERE');
    const around = aroundPassage(long, lines, { start: at, end: at + 4 });
    expect(around.before.startsWith('line of words\n')).toBe(true);
    for (const side of [around.before, around.after]) expect(side.length).toBeLessThanOrEqual(aroundCharacters);
    expect(viewerPlaceOf(around.locator)).toEqual({ unit: 'line', number: 2001 });
  });

  it('names no place to a viewer where none can be told: a slide, cells, a text without places', () => {
    expect(viewerPlaceOf({ unit: 'slide', first: 2, last: 2 })).toBeNull();
    expect(viewerPlaceOf(null)).toBeNull();
    expect(viewerPlaceOf({ unit: 'heading', path: ['A'], lines: { first: 7, last: 9 } })).toEqual({
      ...{ unit: 'line', number: 7 },
    });
  });
});

describe('a passage of an answer', () => {
  let folder: string;
  let path: string;
  let opened: (readonly [string, ViewerPlace | null])[];
  let ends: (() => void)[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-shown-'));
    path = join(folder, '-a\n$(x).pdf');
    writeFileSync(path, 'anything');
    [opened, ends] = [[], []];
  });
  afterEach(() => {
    for (const end of ends) end();
    rmSync(folder, { recursive: true, force: true });
  });

  function ask(withOrigin = true): { passages: Passages; messageId: string } {
    const { database } = openDatabase(join(folder, 'beckon.db'));
    const conversations = new Conversations(database, () => {});
    ends.push(() => {
      conversations.dispose();
      database.close();
    });
    const { size, mtimeMs } = statSync(path);
    const attachment: Attachment = {
      ...{ kind: 'file', text, application: null, title: 'a.pdf', positions, targetId: null },
      ...{ editable: false, needsFocus: false },
      ...(withOrigin ? { origin: { path, bytes: size, modifiedMs: mtimeMs } } : {}),
    };
    const asked = conversations.ask(null, 'What?', null, { attachments: [attachment], action: null });
    const passages = new Passages({
      conversationOf: (id) => conversations.conversationOf(id),
      attachmentsOf: (id) => conversations.attachmentsOf(id),
      openFile: async (file, place) => {
        opened.push([file, place]);
        return { how: 'at-place', viewer: 'View' };
      },
    });
    return { passages, messageId: asked.answerId };
  }
  const at: PassageAt = { text: 0, ...spanOf('A ticket costs 84 kronor.') };

  it('is shown from what was stored, and its file opened at its page, by the path that was kept', async () => {
    const { passages, messageId } = ask();
    expect(await passages.show(messageId, at)).toMatchObject({
      title: 'a.pdf',
      passage: 'A ticket costs 84 kronor.',
      file: 'same',
    });
    await passages.open(messageId, at);
    expect(opened).toEqual([[path, { unit: 'page', number: 2 }]]);
  });

  it('tells nobody the path', async () => {
    const { passages, messageId } = ask();
    expect(JSON.stringify(await passages.show(messageId, at))).not.toContain(folder);
  });

  it('of a file that was changed since says so, and opens it at no place; of one that is gone it opens nothing', async () => {
    const { passages, messageId } = ask();
    appendFileSync(path, '.');
    expect((await passages.show(messageId, at)).file).toBe('changed');
    await passages.open(messageId, at);
    expect(opened).toEqual([[path, null]]);
    rmSync(path);
    mkdirSync(path);
    expect((await passages.show(messageId, at)).file).toBe('gone');
    const error = await passages.open(messageId, at).catch((thrown: AppError) => thrown.code);
    expect([error, opened.length]).toEqual(['file/not-found', 1]);
  });

  it('that was read from no file is shown, and not opened', async () => {
    const { passages, messageId } = ask(false);
    expect((await passages.show(messageId, at)).file).toBe('none');
    expect(await passages.open(messageId, at).catch(({ code }: AppError) => code)).toBe('file/no-path');
  });

  it.each([
    ['of another text', { text: 1, start: 0, end: 5 }],
    ['behind the end', { text: 0, start: 5, end: text.length + 1 }],
    ['of nothing', { text: 0, start: 5, end: 5 }],
    ['turned round', { text: 0, start: 9, end: 2 }],
  ])('%s is none, for a page that was taken over as for any other', async (_, wrong) => {
    const { passages, messageId } = ask();
    for (const done of [passages.show(messageId, wrong), passages.open(messageId, wrong)])
      expect(await done.catch(({ code }: AppError) => code)).toBe('conversation/not-found');
    expect(await passages.open('m-none', at).catch(({ code }: AppError) => code)).toBe('conversation/not-found');
    expect(opened).toEqual([]);
  });
});
