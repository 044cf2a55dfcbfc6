import { describe, expect, it } from 'vitest';
import type { UsedAction } from '../../../contract/atom.ts';
import { answerParts } from '../../../core/answers/answer-parts.ts';
import { GrowingText } from '../../../core/answers/growing-text.ts';

/** Asks with an action that stays on this machine, a model that is here or on a server; answers whether it was asked. */
async function askWith(where: 'device' | 'server', action: Partial<UsedAction>) {
  let asked = 0;
  const model = {
    identity: { id: 'm', name: 'M', where, host: where === 'server' ? 'api.example.com' : null },
    capabilities: { contextTokens: 4096 },
    async *generate() {
      asked += 1;
      yield { type: 'text-delta', text: 'Said.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const question = { id: 'q', role: 'user', text: 'Say', action: { output: 'show', name: {}, ...action } };
  const attachments = new Map([['q', [{ kind: 'selection', text: 'A text to work on.', positions: null }]]]);
  const means = {
    ids: { conversationId: 'c', questionId: 'q', answerId: 'a' },
    conversations: { get: () => ({ messages: [question] }), attachmentsOf: () => attachments },
    text: new GrowingText(null),
    askModel: () => Promise.resolve({ model, asked: model, sampling: { temperature: 0 } }),
    plainOf: (text: string) => text,
    onPlan: () => {},
    signal: new AbortController().signal,
  };
  const parts: unknown[] = [];
  try {
    for await (const part of answerParts(means as never)) parts.push(part);
  } catch (error) {
    return { asked, code: (error as { readonly code?: string }).code };
  }
  return { asked, code: null };
}

const prompt = { en: 'Say it.', 'zh-CN': '说。' };

describe('an action whose questions stay on this machine', () => {
  it.each<[string, Partial<UsedAction>]>([
    ['a chain', { steps: [{ do: 'prompt', prompt }] }],
    [
      'a chain with more behind it',
      {
        steps: [
          { do: 'prompt', prompt },
          { do: 'case', to: 'upper' },
        ],
      },
    ],
    ['one prompt', { instruction: 'Say it.', grounded: false, sampling: null, maxTokens: null }],
  ])('asks no server, whichever model is chosen: %s', async (_, action) => {
    expect(await askWith('server', { ...action, stays: 'here' })).toEqual({ asked: 0, code: 'atom/only-here' });
  });

  it('asks a model that is here, and without its word either', async () => {
    const steps = [{ do: 'prompt', prompt }] as const;
    expect(await askWith('device', { steps, stays: 'here' })).toEqual({ asked: 1, code: null });
    expect(await askWith('server', { steps })).toEqual({ asked: 1, code: null });
  });
});
