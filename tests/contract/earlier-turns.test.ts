import { expect, it } from 'vitest';
import { beginStream, RoughServer } from '../fakes/rough-server.ts';
import { collect, input } from '../support/language-model-suite.ts';
import { modelAt } from '../support/provider-at.ts';

type Turn = Readonly<Record<string, unknown>>;

/** A server that answers nothing readable; what it was asked. */
async function askedBy(
  protocol: 'responses' | 'messages',
  question: Parameters<typeof collect>[1],
): Promise<readonly Turn[]> {
  const bodies: string[] = [];
  const server = await RoughServer.start((response, request) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    request.on('end', () => {
      bodies.push(body);
      beginStream(response);
      response.end();
    });
  });
  await collect(modelAt(protocol, { address: server.address, model: 'm', key: 'k' }), question);
  await server.stop();
  const sent = JSON.parse(bodies[0] ?? '{}') as Readonly<Record<string, readonly Turn[]>>;
  return sent['input'] ?? sent['messages'] ?? [];
}

it('tells the kind of each earlier turn by Responses, which llama-server refuses an answer without', async () => {
  const question = input('And now?');
  const messages = [
    { role: 'user' as const, text: 'Count.' },
    { role: 'assistant' as const, text: 'one two' },
    ...question.messages,
  ];
  const turns = await askedBy('responses', { ...question, messages });
  expect(turns.filter(({ role }) => role === 'assistant')).toMatchObject([{ type: 'message' }]);
  expect(turns.every((turn) => 'type' in turn)).toBe(true);
});

it('leaves an answer that was broken off as the last turn in Messages at a server of one’s own', async () => {
  const hints = { continueFrom: { text: 'one\ntwo', request: 'Go on.' } };
  const turns = await askedBy('messages', input('Count.', { hints }));
  expect(turns.at(-1)).toMatchObject({ role: 'assistant' });
  const asked = await askedBy('responses', input('Count.', { hints }));
  expect(asked.at(-1)).toMatchObject({ role: 'user' });
});
