import { describe, expect, it } from 'vitest';
import { noOptions } from '../../../cli/arguments.ts';
import { history } from '../../../cli/history.ts';
import { sayNotices } from '../../../cli/notices.ts';
import type { CommandInput } from '../../../cli/run-cli.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';

function inputFor(answers: Readonly<Record<string, unknown>>, isTTY: boolean, language = 'C') {
  const called: string[] = [];
  const [out, err]: [string[], string[]] = [[], []];
  const client = {
    call: async (name: string, given: { readonly limit?: number }) => {
      called.push(name);
      const answer = answers[name];
      return Array.isArray(answer) ? answer.slice(0, given.limit) : answer;
    },
  };
  const session = { client, profile: '/tmp', keep: <Value>(work: () => Promise<Value>) => work() };
  const input = {
    session: session as unknown as CommandInput['session'],
    terminal: new Terminal({ write: (text) => out.push(text) }, { isTTY, write: (text) => err.push(text) }),
    words: createCliWords({ LANG: language, BECKON_PROFILE: '/nonexistent' }),
    ...{ env: {}, part: null, args: [], ...noOptions },
  };
  return { input, called, out, err };
}

const values = { context: 'kept', was: 'part', here: 'whole', kept: 60, total: 60, fromCopy: 0, lostMessages: 0 };
const damaged = { id: 'd', code: 'database/damaged', values: { ...values, file: 'f', copyTime: '' } };
const readOnly = { id: 'r', code: 'database/read-only', values: { context: 'disk-full' } };

describe('what happened to the chats', () => {
  // Chats were missing, and who asked by way of a pipe never heard of it.
  it('is told once to a person at a terminal, and until then beside what a program reads', async () => {
    const piped = inputFor({ 'notice.list': [damaged] }, false);
    await sayNotices(piped.input, false);
    expect(piped.err.join('')).toContain('all 60 chats are here');
    expect(piped.out.join('')).toBe('');
    expect(piped.called).not.toContain('notice.seen');
    const watched = inputFor({ 'notice.list': [damaged] }, true);
    await sayNotices(watched.input, false);
    expect(watched.err.join('')).toContain('all 60 chats are here');
    expect(watched.called).toContain('notice.seen');
  });

  it('is told wherever it still holds', async () => {
    for (const code of [readOnly, { id: 'f', code: 'disk/failing', values: {} }]) {
      const piped = inputFor({ 'notice.list': [code] }, false);
      await sayNotices(piped.input, false);
      expect(piped.err.join('')).toMatch(/nothing new is stored|gives errors/);
    }
  });
});

describe('a list of chats', () => {
  const chats = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `c-${index}`, title: `Chat ${index}`, updatedAt: index }));

  it('that is not all of them says so: fifty stood there like all there were', async () => {
    for (const [count, says] of [
      [50, false],
      [51, true],
      [4000, true],
    ] as const) {
      const { input, out, err } = inputFor({ 'conversation.list': chats(count) }, false);
      await history(input);
      expect(out).toHaveLength(50);
      expect({ count, says: err.join('').includes('The newest 50 chats are listed, and there are more') }).toEqual({
        count,
        says,
      });
    }
  });

  it('of places where words were found does, too, in the language of the person', async () => {
    const hits = chats(60).map(({ id, title, updatedAt }) => ({
      conversationId: id,
      snippet: title,
      createdAt: updatedAt,
    }));
    const answers = { 'conversation.search': hits, 'conversation.list': [] };
    const { input, out, err } = inputFor(answers, false, 'zh_CN.UTF-8');
    await history({ ...input, args: ['chat'] });
    expect(out).toHaveLength(50);
    expect(err.join('')).toContain('还有更多');
  });
});
