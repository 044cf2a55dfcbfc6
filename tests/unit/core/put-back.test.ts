import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../contract/conversation.ts';
import type { PutBackAnswer } from '../../../contract/desktop.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import { ChatNotices } from '../../../core/database/chat-notices.ts';
import { PutBackJournal } from '../../../core/put-back/journal.ts';
import { PutBack, type PutBackOptions } from '../../../core/put-back/put-back.ts';

const message = (id: string, role: Message['role'], text: string) => ({ id, role, text, state: 'complete' }) as Message;

const done: PutBackAnswer = { status: 'done', route: 'paste', canUndo: true };
const elsewhere = { kind: 'selection', text: 'Other.', application: null, title: null, positions: null } as const;
const failed = (code: Extract<ErrorCode, `put-back/${string}`>): PutBackAnswer => ({
  status: 'failed',
  cause: { code, message: '' },
});

const onTheWay = (application: string | null) =>
  ({ doing: 'write', messageId: 'a', conversationId: 'c', application }) as const;
const noJournal: PutBackOptions['journal'] = { begin: () => {}, end: () => {} };

/** `undone`: how each undo ends, in order; well when none is left. */
function putBackOver(
  selected: string,
  answer: string,
  writes = done,
  undone: PutBackAnswer[] = [],
  copies = true,
  journal = noJournal,
) {
  const written: string[] = [];
  const copied: string[] = [];
  const messages = [message('q', 'user', ''), message('a', 'assistant', answer)];
  const putBack = new PutBack({
    write: async ({ text }) => {
      written.push(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return writes;
    },
    undo: async () => undone.shift() ?? { status: 'done', route: 'paste', canUndo: false },
    copy: async (text) => copies && copied.push(text) > 0,
    journal,
    stepAside: async () => {},
    finishOverlay: async () => {},
    conversationOf: () => ({ id: 'c', messages }) as unknown as Conversation,
    attachmentsOf: () => new Map(),
  });
  const nowhere = { application: null, title: null, positions: null };
  const place = { targetId: 't', editable: true, needsFocus: false };
  putBack.remember('q', [{ kind: 'selection', text: selected, ...nowhere, ...place }]);
  return { putBack, written, copied };
}

/** The answers that are in their place, or may be. */
function writtenIn(putBack: PutBack) {
  return putBack.state.value.answers.flatMap(({ messageId, back }) => {
    if (back.status === 'there') return [{ messageId, checked: true }];
    if (back.status === 'unchecked') return [{ messageId, checked: false }];
    return back.status === 'not-undone' ? [{ messageId, checked: back.checked }] : [];
  });
}

describe('an answer that takes the place of its text', () => {
  // Three clicks in a browser select a line with its end; the next line joined the answer.
  it('leaves the white space at the ends of what was selected', async () => {
    const { putBack, written } = putBackOver('\t The tide turns at noon.\n', 'It turns at noon.\n');
    await putBack.write('a', 'replace');
    expect(written).toEqual(['\t It turns at noon.\n']);
  });

  it('ends where the selection ended when it goes below it', async () => {
    const { putBack, written } = putBackOver('\t The tide turns at noon.\n', 'It turns at noon.');
    await putBack.write('a', 'insert-below');
    expect(written).toEqual(['It turns at noon.\n']);
  });

  it('brings none along', async () => {
    const { putBack, written } = putBackOver('The tide turns at noon.', ' It turns at noon. \n');
    await putBack.write('a', 'replace');
    expect(written).toEqual(['It turns at noon.']);
  });
});

describe('an answer that is put back', () => {
  it('goes in once when it is asked for twice', async () => {
    const { putBack, written } = putBackOver('One.', 'Two.');
    const answers = await Promise.all([putBack.write('a', 'replace'), putBack.write('a', 'replace')]);
    expect(answers).toEqual([done, done]);
    expect(written).toEqual(['Two.']);
  });

  // Enter on the answer that was there already overwrote the person's clipboard with it, and said that its place was gone.
  it.each([
    ['is there', done, true],
    ['may be there', failed('put-back/unchecked'), false],
  ])('goes in once while it %s, and again once it was undone', async (_, answer, checked) => {
    const { putBack, written, copied } = putBackOver('One.', 'Two.', answer);
    await putBack.write('a', 'replace');
    expect(writtenIn(putBack)).toEqual([{ messageId: 'a', checked }]);
    expect(await putBack.write('a', 'replace')).toEqual(answer);
    expect(await putBack.write('a', 'insert-below')).toEqual(answer);
    expect(written).toEqual(['Two.']);
    expect(copied).toEqual([]);
    await putBack.undo();
    expect(writtenIn(putBack)).toEqual([]);
    await putBack.write('a', 'replace');
    expect(written).toEqual(['Two.', 'Two.']);
  });

  it('is tried again where nothing was changed', async () => {
    const { putBack, written } = putBackOver('One.', 'Two.', failed('put-back/not-in-front'));
    await putBack.write('a', 'replace');
    expect(writtenIn(putBack)).toEqual([]);
    await putBack.write('a', 'replace');
    expect(written).toHaveLength(2);
  });

  it('says that it is not undone because another window has the keyboard, and can be undone later', async () => {
    const { putBack } = putBackOver('One.', 'Two.', done, [failed('put-back/not-in-front')]);
    await putBack.write('a', 'replace');
    expect(await putBack.undo()).toMatchObject({ cause: { code: 'put-back/undo-not-in-front' } });
    expect(putBack.state.value.undoable).not.toBeNull();
    expect(writtenIn(putBack)).toHaveLength(1);
  });

  it('is undone after it is there, and can be undone later when that failed', async () => {
    const { putBack } = putBackOver('One.', 'Two.', done, [failed('put-back/changed')]);
    const [, early] = await Promise.all([putBack.write('a', 'replace'), putBack.undo()]);
    expect(early).toMatchObject({ cause: { code: 'put-back/not-undone' } });
    expect(putBack.state.value.undoable).not.toBeNull();
    expect(await putBack.undo()).toMatchObject({ status: 'done' });
    expect(putBack.state.value.undoable).toBeNull();
    expect(await putBack.undo()).toMatchObject({ cause: { code: 'put-back/not-undone' } });
  });

  it('can be undone when it could not be checked, and not when nothing was changed', async () => {
    for (const [answer, canUndo] of [
      [failed('put-back/unchecked'), true],
      [failed('put-back/changed'), false],
      // The process that wrote it is gone, and nobody else can take it back.
      [{ ...failed('put-back/unchecked'), canUndo: false }, false],
    ] as [PutBackAnswer, boolean][]) {
      const { putBack } = putBackOver('One.', 'Two.', answer);
      await putBack.write('a', 'replace');
      expect(putBack.state.value.undoable !== null).toBe(canUndo);
    }
  });

  it('says so when nobody knows whether it was undone', async () => {
    const { putBack } = putBackOver('One.', 'Two.', done, [failed('put-back/unchecked')]);
    await putBack.write('a', 'replace');
    expect(await putBack.undo()).toMatchObject({ cause: { code: 'put-back/undo-unchecked' } });
    expect(putBack.state.value.undoable).not.toBeNull();
  });

  it('is not offered to be undone once its place is gone', async () => {
    const { putBack } = putBackOver('One.', 'Two.', done, [failed('put-back/target-gone')]);
    await putBack.write('a', 'replace');
    expect(await putBack.undo()).toMatchObject({ cause: { code: 'put-back/undo-gone' } });
    expect(putBack.state.value.undoable).toBeNull();
  });
});

describe('an answer that could not be put back', () => {
  it.each([
    ['is in the clipboard', failed('put-back/changed'), ['Two.']],
    ['is not when it may be there', failed('put-back/unchecked'), []],
    ['is not while an application is still to paste what is lent', failed('put-back/pending'), []],
  ])('%s', async (_, answer, wanted) => {
    const { putBack, copied } = putBackOver('One.', 'Two.', answer);
    expect(await putBack.write('a', 'replace')).toEqual(answer);
    expect(copied).toEqual(wanted);
  });

  it('is in the clipboard when it is not known any more where its text came from', async () => {
    const { putBack, copied } = putBackOver('One.', 'Two.');
    for (let question = 0; question < 20; question += 1)
      putBack.remember(`q${question}`, [{ ...elsewhere, targetId: 't', editable: true, needsFocus: false }]);
    expect(await putBack.write('a', 'replace')).toMatchObject({ cause: { code: 'put-back/target-gone' } });
    expect(copied).toEqual(['Two.']);
  });

  // "The answer is in the clipboard" was said whether it was or not.
  it('is not said to be in the clipboard when it could not be copied', async () => {
    const { putBack } = putBackOver('One.', 'Two.', failed('put-back/changed'), [], false);
    expect(await putBack.write('a', 'replace')).toMatchObject({
      cause: { code: 'put-back/not-copied', action: 'copy' },
    });
  });
});

describe('an answer that was on its way when everything ended', () => {
  let folder: string;
  const path = () => join(folder, 'put-back.json');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-journal-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is told of at the next start, once', () => {
    new PutBackJournal(path(), 1).begin(onTheWay('Mousepad'));
    const next = new PutBackJournal(path(), 2);
    expect(next.takeLost()).toEqual({ application: 'Mousepad' });
    expect(next.takeLost()).toBeNull();
    const notices = new ChatNotices();
    notices.putBackLost({ application: 'Mousepad' });
    expect(notices.state.value.notices).toMatchObject([{ code: 'put-back/lost', values: { name: 'Mousepad' } }]);
  });

  it('is not told of twice where the window that called it lives on, nor where it is known how it ended', () => {
    const journal = new PutBackJournal(path(), 1);
    journal.begin(onTheWay(null));
    expect(new PutBackJournal(path(), 1).takeLost()).toBeNull();
    journal.begin(onTheWay(null));
    journal.end();
    expect(new PutBackJournal(path(), 2).takeLost()).toBeNull();
  });

  it('is told of too where it ended while core was ending, and nobody heard of it', () => {
    const journal = new PutBackJournal(path(), 1);
    journal.begin(onTheWay('Mousepad'));
    journal.leave();
    journal.end();
    expect(new PutBackJournal(path(), 2).takeLost()).toEqual({ application: 'Mousepad' });
  });

  it('is noted before it goes to the application, and no more when that has answered', async () => {
    const seen: boolean[] = [];
    const { putBack } = putBackOver('One.', 'Two.', done, [], true, {
      begin: () => seen.push(true),
      end: () => seen.push(false),
    });
    const write = putBack.write('a', 'replace');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([true]);
    await write;
    expect(seen).toEqual([true, false]);
  });

  it('is told of by no file that holds something else, and does not keep core from starting', () => {
    writeFileSync(path(), '{"shell":"x"}');
    expect(new PutBackJournal(path(), 2).takeLost()).toBeNull();
    mkdirSync(path());
    expect(new PutBackJournal(path(), 2).takeLost()).toBeNull();
  });
});
