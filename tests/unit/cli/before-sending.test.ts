import { beforeEach, describe, expect, it } from 'vitest';
import { beforeSending, laterPrompt, type Person, type Sends } from '../../../cli/before-sending.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';
import { toErrorShape } from '../../../contract/errors.ts';
import type { Leaving } from '../../../contract/look.ts';

const asked = {
  ...{ questionId: 'm-1', conversationId: null, text: 'Why?', modelId: null, editsMessageId: null },
  ...{ actionId: null, chipIds: [] },
};
const leaving: Leaving = {
  ...{ status: 'leaves', hash: 'h-1', body: '{}', bodyBytes: 2, host: 'api.deepseek.com', label: 'DeepSeek' },
  ...{ modelName: 'deepseek-flash', place: 'outside', promptTokens: 9, answerTokens: 90, goesOn: false, must: true },
  messages: [
    {
      ...{ role: 'user', text: 'Write to [EMAIL-Q2ABCD].\nSoon\u001b[2J.', leftOut: 12 },
      hidden: [{ start: 9, end: 23, pseudonym: '[EMAIL-Q2ABCD]', secret: 'li.hua@example.com' }],
    },
  ],
  policy: { retentionDays: null, training: 'yes', control: 'none', on: null },
  price: { currency: 'CNY', low: 0.002, high: 0.004, on: '2026-11-20', hours: false },
  reason: { type: 'chosen' },
};

describe('before a question leaves, the terminal', () => {
  let told: string;
  let requests: (readonly [string, unknown])[];
  let reads: number;

  beforeEach(() => {
    told = '';
    requests = [];
    reads = 0;
  });

  function input({ isTTY = true, send = false, language = 'C' } = {}): Sends {
    const output = { isTTY, write: (text: string) => (told += text) };
    const client = {
      call: async () => [{ kind: 'server' }],
      request: async (name: string, value: unknown) => {
        requests.push([name, value]);
        return { ok: true, value: name === 'run.look' || name === 'run.shown' ? leaving : null };
      },
    };
    return {
      session: { client } as unknown as Sends['session'],
      terminal: new Terminal(output, output),
      words: createCliWords({ LANG: language, BECKON_PROFILE: '/nonexistent' }),
      send,
    };
  }
  const person = (typed: string | null, isThere = true): Person => ({
    isThere,
    type: async () => {
      reads += 1;
      return typed;
    },
  });
  const codeOf = (work: Promise<unknown>) => work.then(() => null).catch((error) => toErrorShape(error));

  it.each([
    ['C', /May train on your words/, 'y/N'],
    ['zh_CN.UTF-8', /可能会?用你的|训练/, 'y/N'],
  ])(
    'shows the very text, to whom, who may keep it and the price, and asks (%s)',
    async (language, keeps, question) => {
      expect(await beforeSending(input({ language }), asked, person('y'))).toBe('h-1');
      for (const said of [
        '  Write to [EMAIL-Q2ABCD].\n',
        'api.deepseek.com',
        'deepseek-flash',
        '¥0.002',
        question,
        '12',
      ])
        expect(told).toContain(said);
      expect(told).toContain('li.hua@example.com → [EMAIL-Q2ABCD]');
      expect(told).toMatch(keeps);
      // What is sent steers no terminal.
      expect(told).not.toContain('\u001b[2J');
    },
  );

  it.each(['', 'n', 'yess', 'y and more', null])('sends nothing where %j is typed', async (typed) => {
    const error = await codeOf(beforeSending(input(), asked, person(typed)));
    expect(error).toMatchObject({ code: 'app/not-agreed', values: { context: 'sending' } });
    expect(input().words.error(error)).toBe('Nothing was sent, since you did not agree.');
  });

  // Whoever pipes something in could else agree in the person's place.
  it('asks nobody where no person types, so that core refuses it in words that say what helps', async () => {
    expect(await beforeSending(input(), asked, person('y', false))).toBeNull();
    expect(await beforeSending(input({ isTTY: false }), asked, person('y'))).toBeNull();
    expect(reads).toBe(0);
    const refused = { code: 'sending/not-shown', message: '', values: { host: 'api.deepseek.com' } } as const;
    expect(input().words.error(refused)).toMatch(/api\.deepseek\.com.*nobody can look here.*--send/);
    expect(input({ language: 'zh_CN.UTF-8' }).words.error(refused)).toMatch(/--send/);
  });

  it('agrees beforehand by an option, with and without a terminal', async () => {
    expect(await beforeSending(input({ send: true }), asked, person(null))).toBe('h-1');
    expect(await beforeSending(input({ isTTY: false, send: true }), asked, person(null, false))).toBe('h-1');
    expect(reads).toBe(0);
    expect(told).toContain('api.deepseek.com');
  });

  it.each<[string, Parameters<typeof input>[0], Person, string]>([
    ['goes where the person agrees', {}, person('yes'), 'run.agree'],
    ['ends the answer where they do not', {}, person('n'), 'run.cancel'],
    ['ends the answer where they press Ctrl+C', {}, person(null), 'run.cancel'],
    ['ends the answer where nobody can look', {}, person('y', false), 'run.cancel'],
    ['goes by the option', { isTTY: false, send: true }, person(null, false), 'run.agree'],
  ])('is shown a later prompt, which %s', async (_, how, who, expected) => {
    await laterPrompt(input(how), 'r-1', who);
    expect(requests.map(([name]) => name)).toEqual(['run.shown', expected]);
    expect(requests[1]?.[1]).toEqual(expected === 'run.agree' ? { runId: 'r-1', hash: 'h-1' } : { runId: 'r-1' });
  });
});
