import { describe, expect, it } from 'vitest';
import { beginStream, RoughServer } from '../fakes/rough-server.ts';
import { collect, input } from '../support/language-model-suite.ts';
import { modelAt } from '../support/provider-at.ts';

const start = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 1 } };
/** Answers that are told to be whole, with what they used. */
const answers = {
  responses: (used: number) => [
    { type: 'response.output_text.delta', item_id: 'i', output_index: 0, content_index: 0, delta: 'Once upon' },
    { type: 'response.completed', response: { id: 'r', usage: { input_tokens: 9, output_tokens: used } } },
  ],
  messages: (used: number) => [
    { type: 'message_start', message: start },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Once upon' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { input_tokens: 9, output_tokens: used } },
    { type: 'message_stop' },
  ],
} as const;

async function endOf(protocol: keyof typeof answers, used: number) {
  const server = await RoughServer.start((response) => {
    beginStream(response);
    response.end(
      answers[protocol](used)
        .map((event) => `data: ${JSON.stringify(event)}\n\n`)
        .join(''),
    );
  });
  const model = modelAt(protocol, { address: server.address, model: 'm', key: 'k' });
  const { text, last } = await collect(model, input('Tell me a story.', { maxTokens: 8 }));
  await server.stop();
  expect(text).toBe('Once upon');
  return last;
}

describe.each(['responses', 'messages'] as const)('an answer that is told to be whole, by %s', (protocol) => {
  it('was cut where it used all that it was allowed', async () => {
    expect(await endOf(protocol, 8)).toMatchObject({ type: 'finish', reason: 'length' });
  });

  it('is whole where it used less', async () => {
    expect(await endOf(protocol, 7)).toMatchObject({ type: 'finish', reason: 'stop' });
  });
});
