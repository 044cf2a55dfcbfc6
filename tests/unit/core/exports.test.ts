import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportWords } from '../../../contract/export.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { Exports } from '../../../core/exports/exports.ts';
import { fileNameOf } from '../../../core/exports/file-name.ts';
import { toRichText } from '../../../core/put-back/rich-text.ts';
import { payloads } from '../../corpus/xss/payloads.ts';

const words: ExportWords = {
  language: 'en',
  all: 'All chats',
  chat: 'Chat',
  question: 'You',
  answer: 'Beckon',
  stopped: 'stopped',
  cut: 'broken off',
  failed: 'failed',
};

/** Elements and attributes that an exported page may have; the head is the same in every file. */
const allowedTag =
  /^<(?:\/?(?:article|section|h[1-6]|p|div|blockquote|ul|ol|li|table|tr|th|td|pre|code|strong|em|del|body|html)|\/a|br|hr)(?: class="(?:question|answer|said|said plain|time|source)")?(?: (?:start|value)="\d+")?(?: dir="(?:auto|rtl)")?>$|^<a href="(?:https?:|mailto:)[^"<>]*">$/;

describe('an exported chat', () => {
  let folder: string;
  let conversations: Conversations;
  let open: ReturnType<typeof openDatabase>;
  let exports: Exports;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-exports-'));
    open = openDatabase(join(folder, 'beckon.db'));
    conversations = new Conversations(open.database, () => {});
    exports = new Exports({
      version: '1.2.3',
      list: (limit, after) => conversations.list('', limit, after),
      get: (id) => conversations.get(id),
      textsOf: (id) => conversations.attachmentsOf(id),
      toHtml: (markdown) => toRichText(markdown)?.html ?? null,
    });
    mkdirSync(join(folder, 'out'));
  });

  afterEach(() => {
    exports.dispose();
    conversations.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const place = { positions: null, targetId: null, editable: false, needsFocus: false };
  function chat(question: string, answer: string, text: string | null = null): string {
    const about =
      text === null ? [] : [{ ...place, kind: 'selection' as const, text, application: text, title: question }];
    const ids = conversations.ask(null, question, null, { attachments: about, action: null });
    conversations.updateAnswer(ids.answerId, {
      text: answer,
      thinking: answer,
      error: null,
      receipt: null,
      state: 'complete',
    });
    return ids.conversationId;
  }
  const path = (name: string) => join(folder, 'out', name);
  const write = async (format: 'markdown' | 'html' | 'json', conversationIds: readonly string[] | null) => {
    expect(await exports.write({ conversationIds, words }, format, path('it'))).toBe(true);
    return readFileSync(path('it'), 'utf8');
  };

  it('runs and loads nothing in a browser, whatever stands in its title, question, text and answer', async () => {
    for (const payload of payloads) {
      const id = chat(payload, payload, payload);
      conversations.rename(id, payload);
    }
    const html = await write('html', null);
    const [head = '', body = ''] = [html.slice(0, html.indexOf('<body>')), html.slice(html.indexOf('<body>'))];
    for (const tag of body.match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(allowedTag);
    expect(head).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    expect(head.match(/<style>/g)).toHaveLength(1);
    expect(head).not.toMatch(/<script|<link|<base/);
    expect(body.match(/<article>/g)).toHaveLength(payloads.length);
  });

  it('runs nothing whatever a model writes', async () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '[a](',
      ')',
      'javascript:',
      '\n',
      '<script>',
      '*',
      '#',
      'on',
      '=',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const html = await write('html', [chat(`q${pieces.join('')}`, pieces.join(''), pieces.join(''))]);
        const body = html.slice(html.indexOf('<body>'));
        for (const tag of body.match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(allowedTag);
      }),
      { numRuns: 60 },
    );
  });

  it('is Markdown with its questions, what they were about, and its answers as they were written', async () => {
    const id = chat('What is this?', 'A **tide**.\n\n```ts\nconst x = 1;', 'Tide\nEbb');
    conversations.rename(id, 'Tides\nand moons');
    const text = await write('markdown', [id]);
    expect(text).toMatch(/^# Tides and moons\n\n.+\n\n## You\n\n\*What is this\? · Tide Ebb\*\n\n> Tide\n> Ebb\n/);
    // Code that an answer broke off in is closed, so that the next question is none of it.
    expect(text).toContain('## Beckon\n\nA **tide**.\n\n```ts\nconst x = 1;\n```\n');
  });

  it('is JSON that a program reads back, with the whole text', async () => {
    chat('One?', 'Yes "1"\u2028', 'x'.repeat(5000));
    const all = JSON.parse(await write('json', null));
    expect(all).toMatchObject({ export: 1, beckon: '1.2.3' });
    expect(all.conversations[0].messages[0]).toMatchObject({ text: 'One?', attachments: [{ kind: 'selection' }] });
    expect(all.conversations[0].messages[0].attachments[0].text).toHaveLength(5000);
    expect(all.conversations[0].messages[1]).toMatchObject({ role: 'assistant', text: 'Yes "1"\u2028' });
  });

  it('is one of all there are, each once, in pages of the list and with one deleted meanwhile', async () => {
    const ids = Array.from({ length: 450 }, (_, at) => chat(`Question ${at}`, 'Yes.'));
    conversations.delete(ids[7] ?? '');
    const all = JSON.parse(await write('json', null)) as { conversations: { id: string }[] };
    expect(new Set(all.conversations.map(({ id }) => id)).size).toBe(449);
    expect(all.conversations).toHaveLength(449);
    const some = JSON.parse(await write('json', ids.slice(6, 9))) as { conversations: { id: string }[] };
    expect(some.conversations.map(({ id }) => id)).toEqual([ids[6], ids[8]]);
  });

  it('leaves no file when it is cancelled, and what stood there before as it was', async () => {
    for (let at = 0; at < 5; at += 1) chat(`Question ${at}`, 'tide '.repeat(20_000));
    writeFileSync(path('it'), 'before');
    const writing = exports.write({ conversationIds: null, words }, 'json', path('it'));
    exports.cancel();
    expect(await writing).toBe(false);
    expect(readFileSync(path('it'), 'utf8')).toBe('before');
    expect(readdirSync(join(folder, 'out'))).toEqual(['it']);
  });

  it('says why it cannot be written there, and leaves nothing half written', async () => {
    const id = chat('One?', 'Yes.');
    const wanted = { conversationIds: [id], words };
    await expect(exports.write(wanted, 'json', join(folder, 'none', 'it'))).rejects.toMatchObject({
      code: 'export/not-written',
    });
    mkdirSync(path('folder'));
    await expect(exports.write(wanted, 'json', path('folder'))).rejects.toMatchObject({ code: 'export/not-written' });
    await expect(exports.write({ conversationIds: ['c-none'], words }, 'json', path('it'))).rejects.toMatchObject({
      code: 'conversation/not-found',
    });
    expect(readdirSync(join(folder, 'out'))).toEqual(['folder']);
    expect(existsSync(path('it'))).toBe(false);
  });

  it('is readable by its owner alone', async () => {
    await write('json', [chat('One?', 'Yes.')]);
    if (process.platform !== 'win32') expect(statSync(path('it')).mode & 0o777).toBe(0o600);
  });
});

describe('the name of an exported file', () => {
  it.each([
    ['Lease: who pays for what?', 'Lease who pays for what'],
    ['../../etc/passwd', 'etc passwd'],
    ['..', 'Chat'],
    ['  . .. ', 'Chat'],
    ['C:\\Windows\\x', 'C Windows x'],
    ['con', 'con_'],
    ['COM1.txt', 'COM1.txt_'],
    ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
    ['a\u0000b\nc', 'a b c'],
    ['合同：谁付钱？', '合同：谁付钱？'],
    ['trailing. . ', 'trailing'],
  ])('of %j is %j', (title, name) => {
    expect(fileNameOf(title, 'Chat')).toBe(name);
  });

  it('is one that every system takes, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        const name = fileNameOf(title, 'Chat');
        expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}]|^[.\s]|[.\s]$|^$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(121);
        expect(name.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not cut within a character', () => {
    expect(fileNameOf('👩‍👩‍👧'.repeat(30), 'Chat')).not.toMatch(/\uFFFD/);
    expect(fileNameOf('é'.normalize('NFD').repeat(100), 'Chat').normalize('NFC')).toMatch(/^é+$/);
  });
});
