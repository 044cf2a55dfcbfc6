import { describe, expect, it } from 'vitest';
import type { PromptMessage } from '../../../contract/engine.ts';
import type { AppError } from '../../../contract/errors.ts';
import { fitPrompt } from '../../../models/engine/llama-prompt.ts';
import { FairQueue } from '../../../models/engine/queue.ts';
import { ThinkingSplitter } from '../../../models/thinking/thinking-splitter.ts';

function split(pieces: readonly string[], stops: readonly string[] = []): { text: string; thinking: string } {
  const splitter = new ThinkingSplitter(stops);
  const out = { text: '', thinking: '' };
  for (const piece of [...pieces.flatMap((one) => splitter.push(one)), ...splitter.end()])
    if (piece.kind !== 'was-thinking') out[piece.kind] += piece.text;
  return out;
}

describe('an answer cut into pieces', () => {
  it('gives the same text and thinking wherever it is cut', () => {
    const whole = '<think>\nTwo and two.\n</think>\n\nFour. <b>bold</b> <think> later is text.';
    const expected = split([whole]);
    expect(expected.text).toBe('Four. <b>bold</b> <think> later is text.');
    for (let cut = 1; cut < whole.length; cut += 1)
      expect(split([whole.slice(0, cut), whole.slice(cut)])).toEqual(expected);
    expect(split([...whole])).toEqual(expected);
  });

  it('ends at a stop string and keeps what only looked like one', () => {
    const whole = 'a <|im_x b <|im_end|> c';
    for (let cut = 1; cut < whole.length; cut += 1)
      expect(split([whole.slice(0, cut), whole.slice(cut)], ['<|im_end|>']).text).toBe('a <|im_x b ');
  });

  it('keeps thinking that was never closed, as thinking', () => {
    expect(split(['<think>never', ' closed'])).toEqual({ text: '', thinking: 'never closed' });
  });
});

describe('a prompt for a context window', () => {
  const tokenise = (messages: readonly PromptMessage[]) =>
    messages.flatMap(({ text }) => text.split(' ').filter((word) => word !== '')).map((_, index) => index);
  const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
  const chat = (turns: number): PromptMessage[] => [
    { role: 'system', text: 'be brief' },
    ...Array.from(
      { length: turns },
      (_, index): PromptMessage => ({ role: index % 2 === 0 ? 'user' : 'assistant', text: words(100) }),
    ),
    { role: 'user', text: 'last question' },
  ];

  const usual = { maxTokens: 256, hints: {} };

  it('keeps everything that fits', async () => {
    expect(await fitPrompt(chat(4), 2048, usual, tokenise)).toMatchObject({ droppedMessages: 0 });
  });

  it('leaves out the oldest questions with their answers, and says how many', async () => {
    const { tokens, droppedMessages } = await fitPrompt(chat(20), 1024, usual, tokenise);
    expect(droppedMessages).toBeGreaterThan(0);
    expect(droppedMessages % 2).toBe(0);
    expect(tokens.length).toBeLessThanOrEqual(1024 - 256);
  });

  it('refuses a question that alone does not fit, with a named error, at any length', async () => {
    for (const length of [2000, 2_000_000])
      await expect(fitPrompt([{ role: 'user', text: words(length) }], 1024, usual, tokenise)).rejects.toThrow(
        expect.objectContaining({ code: 'model/context-full' }) as AppError,
      );
  });

  it('refuses one whose answer, as long as itself, would not fit beside it', async () => {
    const long = { maxTokens: 4096, hints: { expectLong: true } };
    const question = (count: number): PromptMessage[] => [{ role: 'user', text: words(count) }];
    expect((await fitPrompt(question(3500), 8192, long, tokenise)).tokens).toHaveLength(3500);
    await expect(fitPrompt(question(3600), 8192, long, tokenise)).rejects.toThrow(
      expect.objectContaining({ code: 'model/context-full' }) as AppError,
    );
    expect((await fitPrompt(question(3600), 8192, { maxTokens: 4096, hints: {} }, tokenise)).tokens).toHaveLength(3600);
  });

  it('of forty tokens takes a short question: half of a window is the most that an answer is kept room for', async () => {
    const short: PromptMessage[] = [{ role: 'user', text: words(14) }];
    expect((await fitPrompt(short, 40, { maxTokens: 4096, hints: {} }, tokenise)).tokens).toHaveLength(14);
  });
});

describe('the line for the model', () => {
  it('serves in order, skips who gave up, and tells the others how many are ahead', async () => {
    const queue = new FairQueue();
    const order: string[] = [];
    const moved: number[] = [];
    const leaveFirst = await queue.enter(new AbortController().signal, () => {});
    const givesUp = new AbortController();
    const second = queue.enter(givesUp.signal, () => {});
    const third = queue
      .enter(new AbortController().signal, (ahead) => moved.push(ahead))
      .then((leave) => {
        order.push('third');
        leave?.();
      });
    givesUp.abort();
    expect(await second).toBeNull();
    leaveFirst?.();
    await third;
    expect(order).toEqual(['third']);
    expect(moved).toEqual([2, 1]);
    expect(queue.length).toBe(0);
  });
});
