import { afterEach, describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Reservation } from '../../../core/sending/budget.ts';
import type { Settlement } from '../../../core/sending/receipt-book.ts';
import { Sending, type SendingOptions } from '../../../core/sending/sending.ts';
import { Gate, question } from '../../support/gate.ts';
import { endOf as end, textOf as text } from '../../support/model-parts.ts';

describe('the steps of the gate', () => {
  let gate: Gate;
  afterEach(() => gate.stop());

  const noted: string[] = [];
  const seats: Partial<SendingOptions> = {
    redact: (input, to) => {
      noted.push(`redact for ${to.place}`);
      const hidden = input.messages.map((message) => ({ ...message, text: message.text.replace('private', '⟦1⟧') }));
      return {
        input: { ...input, messages: hidden },
        hidden: 1,
        async *restore(parts) {
          for await (const part of parts)
            yield part.type === 'text-delta' ? { ...part, text: part.text.replace('Hello', 'private') } : part;
        },
      };
    },
    budget: {
      reserve: (input) => {
        noted.push(`reserve for ${input.messages[0]?.text}`);
        const settle: Reservation['settle'] = (spent) => {
          noted.push(`settle ${spent?.usage?.outputTokens ?? spent}`);
          return null;
        };
        return { settle };
      },
    },
  };

  it('hide before they count, send what was hidden, give it back in the answer, and settle at the end', async () => {
    noted.length = 0;
    gate = await Gate.start(seats);
    expect(text(await gate.ask(gate.add('nas.lan')))).toBe('private.');
    expect(noted).toEqual(['redact for local-network', 'reserve for A ⟦1⟧ question.', 'settle 2']);
    expect(gate.questions[0]?.body).toContain('A ⟦1⟧ question.');
  });

  it('look at the lock first, and give back what was set aside where nothing left', async () => {
    noted.length = 0;
    gate = await Gate.start(seats);
    const modelId = gate.add('nas.lan', 'key-store');
    gate.onKeyRead = () => gate.lock();
    await gate.ask(modelId);
    expect(noted.splice(0)).toEqual(['redact for local-network', 'reserve for A ⟦1⟧ question.', 'settle null']);
    await gate.ask(modelId);
    expect(noted).toEqual([]);
  });

  it('end a prompt that one of them refuses, with its words, before anything leaves', async () => {
    const refuse = () => {
      throw new AppError('app/not-allowed', 'more than is left');
    };
    gate = await Gate.start({ budget: { reserve: refuse } });
    expect(end(await gate.ask(gate.add('nas.lan')))).toBe('app/not-allowed');
    expect({ connections: gate.connections, entries: gate.entries() }).toEqual({ connections: 0, entries: [] });
  });

  it('lend a connection that goes to nobody else, and is worth nothing once the sending has ended', async () => {
    gate = await Gate.start();
    const here = `http://127.0.0.1:${gate.port}/v1`;
    const receipts = { begin: () => 'e-1', kept: async () => {}, settle: () => {} };
    const open = (admit: (url: URL) => void) => gate.egress.fetchFor('answer', admit);
    const sending = new Sending({ open, isOffline: () => false, receipts });
    const tried: (string | undefined)[] = [];
    const attempt = (connection: typeof fetch, url: string) =>
      connection(url, { method: 'POST', body: 'a private text' }).then(
        () => tried.push('sent'),
        (error: AppError) => tried.push(error.code),
      );
    let kept: typeof fetch | null = null;
    const parts = sending.send({
      ...{ purpose: 'answer', input: question, messageId: null, requireSame: () => {} },
      to: { serverId: null, address: here, modelId: 'm', modelName: 'm' },
      async *deliver(_input, connection) {
        kept = connection;
        for (const other of [
          `http://localhost:${gate.port}/v1`,
          `https://127.0.0.1:${gate.port}/v1`,
          'http://127.0.0.1:1/',
        ])
          await attempt(connection, other);
        yield { type: 'aborted' };
      },
    });
    for await (const _ of parts);
    await attempt(kept ?? fetch, here);
    expect(tried).toEqual(Array(4).fill('app/not-allowed'));
    expect(gate.connections).toBe(0);
  });

  it('end a sending as failed where what asks the server breaks, and leave nothing unsettled', async () => {
    gate = await Gate.start();
    const settled: string[] = [];
    const receipts = {
      begin: () => 'e-1',
      kept: async () => {},
      settle: (_id: string, { state }: Settlement) => void settled.push(state),
    };
    const open = (admit: (url: URL) => void) => gate.egress.fetchFor('answer', admit);
    const sending = new Sending({ open, isOffline: () => false, receipts });
    const parts: ModelPart[] = [];
    for await (const part of sending.send({
      ...{ purpose: 'answer', input: question, messageId: null, requireSame: () => {} },
      to: { serverId: null, address: `http://127.0.0.1:${gate.port}/v1`, modelId: 'm', modelName: 'm' },
      // biome-ignore lint/correctness/useYield: it breaks before its first part.
      async *deliver(_input, connection) {
        await connection(`http://127.0.0.1:${gate.port}/v1`, { method: 'POST', body: 'text' });
        throw new Error('a bug');
      },
    }))
      parts.push(part);
    expect([end(parts), settled]).toEqual(['app/internal', ['failed']]);
  });

  it('end a prompt for an address that leads nowhere with a sentence', async () => {
    gate = await Gate.start();
    const modelId = gate.add();
    gate.change('s-1', { address: 'not an address' });
    expect(end(await gate.ask(modelId))).toBe('server/bad-address');
  });
});
