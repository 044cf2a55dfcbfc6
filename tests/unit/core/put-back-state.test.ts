import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../contract/conversation.ts';
import type { PutBackAnswer } from '../../../contract/desktop.ts';
import type { AppErrorShape, ErrorCode } from '../../../contract/errors.ts';
import { AppError } from '../../../contract/errors.ts';
import { putBackStateSchema } from '../../../contract/routes/put-back.ts';
import { PutBackJournal } from '../../../core/put-back/journal.ts';
import { PutBack, type PutBackOptions } from '../../../core/put-back/put-back.ts';

type PutBackCode = Extract<ErrorCode, `put-back/${string}`>;

const message = (id: string, role: Message['role'], text: string) => ({ id, role, text, state: 'complete' }) as Message;
const done: PutBackAnswer = { status: 'done', route: 'paste', canUndo: true };
const cause = (code: PutBackCode): AppErrorShape => ({ code, message: '' });
const failed = (code: PutBackCode): PutBackAnswer => ({ status: 'failed', cause: cause(code) });

/** Core with one answer, `a`, in the chat `c`; notes what it does around it, in order. */
function coreWith(options: Partial<PutBackOptions> = {}, needsFocus = false) {
  const deeds: string[] = [];
  const messages = [message('q', 'user', ''), message('a', 'assistant', 'New.')];
  const putBack = new PutBack({
    write: async () => done,
    undo: async () => done,
    copy: async (text) => deeds.push(`copied ${text}`) > 0,
    journal: {
      begin: ({ doing }) => void deeds.push(`noted ${doing}`),
      end: () => void deeds.push('noted no more'),
    },
    stepAside: async () => void deeds.push('stepped aside'),
    finishOverlay: async (how) => void deeds.push(how),
    conversationOf: (id) => {
      if (!messages.some((one) => one.id === id)) throw new AppError('conversation/not-found', 'no such message');
      return { id: 'c', messages } as unknown as Conversation;
    },
    attachmentsOf: () => new Map(),
    ...options,
  });
  const place = { targetId: 't', editable: true, needsFocus, application: 'Editor', title: null, positions: null };
  putBack.remember('q', [{ kind: 'selection', text: 'Old.', ...place }]);
  const back = () => putBack.state.value.answers.find(({ messageId }) => messageId === 'a')?.back ?? null;
  return { putBack, deeds, back, told: () => putBack.state.value.told };
}

describe('what is told where the overlay was', () => {
  const told = (needsFocus: boolean) => {
    const said: unknown[] = [];
    return { said, ...coreWith({ finishOverlay: async (...all) => void said.push(all) }, needsFocus) };
  };

  it.each([
    ['replace', false, { what: 'replaced', theirs: false }],
    ['insert-below', false, { what: 'inserted', theirs: false }],
    // A paste is a step in the application's own list, whose undo takes it back.
    ['replace', true, { what: 'replaced', theirs: true }],
  ] as const)('is what was done by %s, keyboard taken: %s', async (mode, needsFocus, done) => {
    const { putBack, said } = told(needsFocus);
    await putBack.write('a', mode);
    expect(said).toEqual([['away', done]]);
    await putBack.undo();
    expect(said.at(-1)).toEqual(['away', { what: 'taken-back', theirs: false }]);
  });

  it('is nothing when nothing was written', async () => {
    const failed = async () => ({ status: 'failed', cause: { code: 'put-back/target-gone', message: '' } }) as const;
    const said: unknown[] = [];
    const { putBack } = coreWith({ write: failed, finishOverlay: async (...all) => void said.push(all) }, true);
    await putBack.write('a', 'replace');
    expect(said).toEqual([['back']]);
  });
});

describe('an answer for an application that nobody has tried', () => {
  const untried = { targetId: 't', editable: true, needsFocus: true, asksFirst: true, applicationId: 'retext' };
  const ask = (word: 'once' | 'always' | undefined, said: 'always' | 'never' | null = null, asksFirst = true) => {
    const given: unknown[] = [];
    const core = coreWith({
      write: async ({ agreed }) => {
        given.push(`written, agreed: ${agreed}`);
        return done;
      },
      words: { wordOf: () => said, wrote: ({ name }, kept) => void given.push(`${name}: ${kept}`) },
    });
    const place = { application: 'ReText', title: null, positions: null };
    core.putBack.remember('q', [{ kind: 'selection', text: 'Old.', ...untried, asksFirst, ...place }]);
    const [target] = core.putBack.state.value.targets;
    return { ...core, given, target, write: () => core.putBack.write('a', 'replace', [], word) };
  };

  it('goes nowhere without the word of the person, and is in the clipboard', async () => {
    const { write, given, deeds, target } = ask(undefined);
    expect(target).toMatchObject({ asksFirst: true, editable: true });
    expect(await write()).toMatchObject({ status: 'failed', cause: { code: 'put-back/not-agreed' } });
    expect(given).toEqual([]);
    expect(deeds).toEqual(['copied New.']);
  });

  it.each(['once', 'always'] as const)('goes in with the word "%s", which is told on', async (word) => {
    const { write, given } = ask(word);
    expect(await write()).toMatchObject({ status: 'done' });
    expect(given).toEqual(['written, agreed: true', `retext: ${word}`]);
  });

  it('asks no more once the person said "always", and says at once where they closed it', async () => {
    const { write, given, target } = ask(undefined, 'always');
    expect(target).toEqual({ questionId: 'q', editable: true, application: 'ReText' });
    expect(await write()).toMatchObject({ status: 'done' });
    expect(given[0]).toBe('written, agreed: true');
    expect(ask(undefined, 'never').target).toMatchObject({ editable: false });
  });

  // The next capture there asks nothing, since the person said "always"; the desktop process refused what it was not told of.
  it('tells the desktop of the word "always" at a capture that asked nothing, too', async () => {
    const { write, given } = ask(undefined, 'always', false);
    expect(await write()).toMatchObject({ status: 'done' });
    expect(given[0]).toBe('written, agreed: true');
  });
});

describe('how it stands with an answer', () => {
  it('is told from the moment it is asked to go back, and without a page', async () => {
    let end: (answer: PutBackAnswer) => void = () => {};
    const { putBack, back } = coreWith({ write: () => new Promise((resolve) => (end = resolve)) });
    putBack.begin('a', 'replace');
    await expect.poll(back).toEqual({ status: 'writing' });
    await expect
      .poll(() => {
        end(done);
        return back();
      })
      .toEqual({ status: 'there' });
  });

  it.each<[string, PutBackCode, boolean, object]>([
    ['may be there', 'put-back/unchecked', true, { status: 'unchecked', cause: cause('put-back/unchecked') }],
    ['is in the clipboard', 'put-back/changed', true, { status: 'copied', cause: cause('put-back/changed') }],
    ['waits for a paste', 'put-back/pending', true, { status: 'failed', cause: cause('put-back/pending') }],
    ['is nowhere', 'put-back/refused', false, { status: 'failed', cause: { code: 'put-back/not-copied' } }],
  ])('is told with its cause, to whoever watches, until it was seen: %s', async (_, code, copies, wanted) => {
    const { putBack, back, told } = coreWith({ write: async () => failed(code), copy: async () => copies });
    await putBack.write('a', 'replace');
    expect(back()).toMatchObject(wanted);
    expect(told()).toBe('a');
    expect(putBackStateSchema.safeParse(putBack.state.value).success).toBe(true);
    putBack.seen();
    expect(told()).toBeNull();
    expect(back()).toMatchObject(wanted);
  });

  it('is told when it was to be undone and was not, and is nothing any more once it was', async () => {
    const undone = [failed('put-back/not-in-front'), done];
    const { putBack, back, told } = coreWith({ undo: async () => undone.shift() ?? done });
    await putBack.write('a', 'replace');
    expect(told()).toBeNull();
    await putBack.undo();
    const why = { code: 'put-back/undo-not-in-front', message: '' };
    expect(back()).toEqual({ status: 'not-undone', checked: true, cause: why });
    expect(told()).toBe('a');
    await putBack.undo();
    expect([back(), told(), putBack.state.value.undoable]).toEqual([null, null, null]);
  });

  it('is nothing where there is no such answer, which the one who asks is told', () => {
    const { putBack } = coreWith();
    expect(() => putBack.begin('elsewhere', 'replace')).toThrow(
      expect.objectContaining({ code: 'conversation/not-found' }),
    );
    expect(() => putBack.begin('q', 'replace')).toThrow(expect.objectContaining({ code: 'put-back/target-gone' }));
    expect(putBack.state.value.answers).toEqual([]);
  });

  it('ends in a cause when what writes breaks, with nothing left hanging', async () => {
    const { putBack, back, deeds } = coreWith({ write: () => Promise.reject(new Error('broken')) }, true);
    await putBack.write('a', 'replace');
    expect(back()).toMatchObject({ status: 'copied', cause: { code: 'app/internal' } });
    expect(deeds).toEqual(['noted write', 'stepped aside', 'back', 'noted no more', 'copied New.']);
  });
});

describe('Beckon’s own window', () => {
  it('goes before a paste and is done with after it, and after what was written in place', async () => {
    const pasted = coreWith({}, true);
    await pasted.putBack.write('a', 'replace');
    expect(pasted.deeds).toEqual(['noted write', 'stepped aside', 'noted no more', 'away']);
    const inPlace = coreWith();
    await inPlace.putBack.write('a', 'replace');
    await inPlace.putBack.undo();
    expect(inPlace.deeds).toEqual(['noted write', 'noted no more', 'away', 'noted undo', 'noted no more', 'away']);
  });

  it('is back before the answer is copied where a paste came to nothing, and stays where it was not away', async () => {
    const pasted = coreWith({ write: async () => failed('put-back/changed') }, true);
    await pasted.putBack.write('a', 'replace');
    expect(pasted.deeds).toEqual(['noted write', 'stepped aside', 'back', 'noted no more', 'copied New.']);
    const inPlace = coreWith({ write: async () => failed('put-back/changed') });
    await inPlace.putBack.write('a', 'replace');
    expect(inPlace.deeds).toEqual(['noted write', 'noted no more', 'copied New.']);
  });

  it('does not change what is said of an answer that is there', async () => {
    const { putBack, back } = coreWith({ finishOverlay: () => Promise.reject(new Error('main is gone')) });
    await putBack.write('a', 'replace');
    expect(back()).toEqual({ status: 'there' });
  });
});

describe('an answer that core took along when it died', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Core dies in the middle of `doing`; the next one begins, under the same window. */
  async function cut(doing: 'write' | 'undo') {
    const journal = () => new PutBackJournal(join(folder, 'put-back.json'), 1);
    const never = () => new Promise<PutBackAnswer>(() => {});
    const dying = coreWith({ journal: journal(), ...(doing === 'write' ? { write: never } : { undo: never }) });
    if (doing === 'undo') await dying.putBack.write('a', 'replace');
    void (doing === 'write' ? dying.putBack.write('a', 'replace') : dying.putBack.undo());
    await expect.poll(() => dying.back()?.status).toBe(doing === 'write' ? 'writing' : 'undoing');
    const next = coreWith();
    const going = journal().takeCut();
    if (going !== null) next.putBack.tellCut(going);
    return { ...next, again: journal().takeCut() };
  }

  // The page took "not connected" for a refusal, and copied the answer over what the person had in the clipboard.
  it('and wrote may be there: that is said of it, with the step that helps, once, and it is not offered to be undone', async () => {
    const { putBack, back, told, again, deeds } = await cut('write');
    expect(back()).toMatchObject({ status: 'unchecked', cause: { code: 'put-back/unchecked', action: 'copy' } });
    expect(told()).toBe('a');
    expect(putBack.state.value.undoable).toBeNull();
    expect(again).toBeNull();
    // It does not go in twice, nor over the clipboard.
    expect(await putBack.write('a', 'replace')).toMatchObject({ cause: { code: 'put-back/unchecked' } });
    expect(deeds).toEqual([]);
  });

  it('and took back may be taken back', async () => {
    const { back, told } = await cut('undo');
    expect(back()).toMatchObject({ status: 'not-undone', checked: false, cause: { code: 'put-back/undo-unchecked' } });
    expect(told()).toBe('a');
  });
});
