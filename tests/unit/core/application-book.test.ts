import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agreedLimit, type CaptureAnswer } from '../../../contract/desktop.ts';
import { ApplicationBook } from '../../../core/applications/application-book.ts';
import { BookFile } from '../../../core/applications/book-file.ts';

const labelOf = () => 'ReText';
const seen = { name: 'ReText', label: 'ReText', asks: true };

function captured(application: string | null, more: object = {}): CaptureAnswer {
  const window = { windowId: '1', processId: 1, application, title: 'note.md' };
  const place = { targetId: 't', editable: 'by-paste', needsFocus: true, takesRichText: true, fresh: true } as const;
  return { status: 'captured', selection: { ...place, text: 'Secret words.', route: 'primary', window, ...more } };
}
const untried = { asksFirst: true };

describe('what was seen of an application', () => {
  let folder: string;
  let path: string;
  const open = () => new ApplicationBook(new BookFile(path));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-book-'));
    path = join(folder, 'applications.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is counted, and is there after a restart; nothing that was read is', () => {
    const book = open();
    for (let times = 0; times < 3; times += 1) book.captured(captured('ReText', untried), labelOf);
    book.wrote(seen, 'once');
    book.dispose();
    const kept = {
      name: 'ReText',
      label: 'ReText',
      reads: true,
      putsBack: true,
      writes: true,
      seen: 4,
      asks: true,
      word: null,
    };
    expect(open().state.value.applications).toEqual([kept]);
    expect(readFileSync(path, 'utf8')).not.toMatch(/Secret|note\.md/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  // The page offered "Always" for a terminal, in which nothing is ever written.
  it('tells whether any text of it can be written to', () => {
    const book = open();
    const writes = () => book.state.value.applications.map((one) => one.writes);
    book.captured(captured('xterm', { editable: 'no' }), labelOf);
    expect(writes()).toEqual([false]);
    book.captured(captured('firefox', { editable: 'no' }), labelOf);
    book.captured(captured('firefox'), labelOf);
    book.captured(captured('firefox', { editable: 'no' }), labelOf);
    expect(writes()).toEqual([true, false]);
  });

  it('is asked about each time until the person said "always", and then no more', () => {
    const book = open();
    const asks = () => {
      const answer = book.captured(captured('ReText', untried), labelOf);
      return answer.status === 'captured' && answer.selection.asksFirst === true;
    };
    expect(asks()).toBe(true);
    book.wrote(seen, 'once');
    expect(asks()).toBe(true);
    book.wrote(seen, 'always');
    expect(asks()).toBe(false);
    expect(book.agreed).toEqual(['ReText']);
    book.forbid('ReText');
    expect(asks()).toBe(true);
    expect(book.agreed).toEqual([]);
  });

  it('that the person closed is read and not written to, also after it was forgotten', () => {
    const book = open();
    book.captured(captured('mousepad'), labelOf);
    book.forbid('mousepad');
    const editable = () => {
      const answer = book.captured(captured('mousepad'), labelOf);
      return answer.status === 'captured' && answer.selection.editable;
    };
    expect(editable()).toBe('no');
    book.forget('mousepad');
    expect(editable()).toBe('no');
    book.allow('mousepad');
    expect(editable()).toBe('by-paste');
    book.forget('mousepad');
    expect(book.state.value.applications).toEqual([]);
  });

  it('says nothing of an application that nobody has seen: a page cannot open one by its name', () => {
    const book = open();
    for (const name of ['xterm', 'ReText']) book.allow(name);
    expect(book.agreed).toEqual([]);
    expect(book.state.value.applications).toEqual([]);
  });

  it('is not noted of an old selection, of a window without a name, or where nothing was found', () => {
    const book = open();
    book.captured(captured('ReText', { fresh: false }), labelOf);
    book.captured(captured(null), labelOf);
    book.captured(
      { status: 'failed', window: null, cause: { code: 'capture/nothing-selected', message: '' } },
      labelOf,
    );
    expect(book.state.value.applications).toEqual([]);
  });

  it('of more than are kept is forgotten first where the person said nothing', () => {
    const book = open();
    book.wrote(seen, 'always');
    for (let at = 0; at < agreedLimit + 5; at += 1) book.captured(captured(`app-${at}`), labelOf);
    expect(book.state.value.applications).toHaveLength(agreedLimit);
    expect(book.agreed).toEqual(['ReText']);
  });

  it.each(['', '{', '{"version":2,"applications":[]}', '{"version":1,"applications":[{"name":1},7]}', '[]'])(
    'begins anew where the file says %s',
    (text) => {
      writeFileSync(path, text);
      expect(open().state.value.applications).toEqual([]);
    },
  );
});
