import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noOptions } from '../../../cli/arguments.ts';
import { take } from '../../../cli/chat.ts';
import type { CommandInput } from '../../../cli/run-cli.ts';
import { Talk } from '../../../cli/talk.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';

const model = (id: string, name: string) => ({
  ...{ id, name, shortName: name, kind: 'catalogue', purpose: 'chat', installed: true },
  ...{ chosen: false, bytes: 1, fastCopy: null },
});

describe('what is typed in a chat', () => {
  let folder: string;
  let said: string;
  let called: { readonly name: string; readonly input: Record<string, unknown> }[];
  let talk: Talk;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-chat-'));
    [said, called] = ['', []];
    const answers: Readonly<Record<string, unknown>> = {
      'model.list': [model('one', 'Model one'), model('two', 'Model two')],
      'conversation.list': [
        { id: 'c-new', title: 'The newest', updatedAt: 2, questions: 1 },
        { id: 'c-old', title: 'An older one', updatedAt: 1, questions: 2 },
      ],
      'conversation.get': {
        messages: [
          { role: 'user', text: 'q' },
          { role: 'assistant', text: 'It was **four**.' },
        ],
      },
      'conversation.search': [],
      'file.add': [{ id: 'chip', status: 'ready', title: 'notes.txt', file: null }],
      'run.start': { runId: 'r', conversationId: 'c-now', questionId: 'q', answerId: 'a' },
    };
    const client = {
      call: async (name: string, input: Record<string, unknown>) => {
        called.push({ name, input });
        return answers[name];
      },
      request: async () => ({ ok: true, value: null }),
      open: async function* () {
        yield { type: 'text-delta', text: 'Fine.' };
        yield { type: 'run-finished', state: 'complete', error: null, receipt: null };
      },
    };
    const session = { client, profile: folder, keep: <Value>(work: () => Promise<Value>) => work() };
    const output = { write: (text: string) => (said += text) };
    const input = {
      session: session as unknown as CommandInput['session'],
      terminal: new Terminal(output, output),
      words: createCliWords({ LANG: 'C', BECKON_PROFILE: '/nonexistent' }),
      ...{ env: {}, part: null, args: [], ...noOptions },
    };
    talk = new Talk(input, []);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const asked = () => called.filter(({ name }) => name === 'run.start').map(({ input }) => input);

  it('lists chats, and goes on with one by its number: its answer stands there and the next question belongs to it', async () => {
    await take(talk, '/history');
    expect(said).toMatch(/1 {2}.*The newest\n2 {2}.*An older one\n/);
    await take(talk, '/history 2');
    expect(said).toContain('Going on with “An older one” (2 questions).');
    expect(said).toContain('It was **four**.');
    await take(talk, 'And then?');
    expect(asked()).toMatchObject([{ conversationId: 'c-old', text: 'And then?' }]);
    await take(talk, '/new');
    await take(talk, 'Else?');
    expect(asked()[1]).toMatchObject({ conversationId: null });
    await take(talk, '/history 9');
    expect(said).toContain('There is no chat “9”.');
  });

  it('takes a file along with the next question alone, written as a terminal or a person writes its path', async () => {
    writeFileSync(join(folder, 'my notes.txt'), 'x');
    const path = join(folder, 'my notes.txt');
    for (const way of [path, `'${path}'`, `"${path}"`, path.replaceAll(' ', '\\ ')]) {
      await take(talk, `/file ${way}`);
      await take(talk, 'What is in it?');
      expect(called.filter(({ name }) => name === 'file.add').at(-1)?.input).toMatchObject({ paths: [path] });
      expect(asked().at(-1)).toMatchObject({ chipIds: ['chip'] });
      await take(talk, 'And now?');
      expect(asked().at(-1)).toMatchObject({ chipIds: [] });
    }
    await take(talk, '/file /nonexistent/x.txt');
    expect(said).toContain('“x.txt” is not there');
  });

  it('chooses a model by the name that is printed, and tells both where a name fits both', async () => {
    await take(talk, '/model Model two');
    await take(talk, 'Hello');
    expect(asked()).toMatchObject([{ modelId: 'two' }]);
    said = '';
    await take(talk, '/model model');
    expect(said).toMatch(/fits more than one model:\n.*Model one.*\n.*Model two/);
    await take(talk, 'Hello');
    expect(asked()[1]).toMatchObject({ modelId: 'two' });
  });

  it('is a question where it is no command: a path, a fraction, an unknown word with more behind it', async () => {
    for (const text of ['/etc/passwd is what?', '/2 is half', '/translate this please', '// is a comment'])
      await take(talk, text);
    expect(asked().map(({ text }) => text)).toEqual([
      '/etc/passwd is what?',
      '/2 is half',
      '/translate this please',
      '// is a comment',
    ]);
    await take(talk, '/hsitory');
    expect(said).toContain('Did you mean “/history”?');
    expect(asked()).toHaveLength(4);
  });

  it('copies nothing where there is no answer, and gives no terminal sequence into a pipe', async () => {
    await take(talk, '/copy');
    expect(said).toContain('There is no answer to copy yet.');
    await take(talk, 'Hello');
    await take(talk, '/copy');
    expect(said).not.toContain('\u001b');
  });
});
