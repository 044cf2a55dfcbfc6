import type { Protocol } from '../../../models/providers/provider.ts';
import { delta } from './scenario.ts';

/** One event as it goes over the wire, and the words that it brings. */
export interface Said {
  readonly wire: string;
  readonly text: string;
}

/** How one protocol says what every one of them can say. */
export interface Spoken {
  readonly protocol: Protocol;
  readonly path: string;
  /** What comes before the first word. */
  readonly opens: readonly Said[];
  readonly says: (text: unknown) => Said;
  readonly thinks: (text: string) => Said;
  /** The events that end an answer, the one that tells why first. */
  readonly ends: (why: 'stop' | 'filtered') => readonly Said[];
  /** An error within a stream, in the shape the vendor documents. */
  readonly fails: (message: string, kind: 'busy' | 'broken') => Said;
  /** Body of a refusal by status. */
  readonly refuses: (message: string, kind: string, code: number) => object;
  readonly retired: object;
}

const event = (value: object, text = ''): Said => ({ wire: `data: ${JSON.stringify(value)}\n\n`, text });
const named = (value: { readonly type: string }, text = ''): Said => ({
  wire: `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`,
  text,
});
const textOf = (text: unknown) => (typeof text === 'string' ? text : '');

const chat: Spoken = {
  ...{ protocol: 'chat', path: '/v1' },
  opens: [event(JSON.parse(delta({ role: 'assistant' })) as object)],
  says: (content) => event(JSON.parse(delta({ content })) as object, textOf(content)),
  thinks: (text) => event(JSON.parse(delta({ reasoning_content: text })) as object),
  ends: (why) => [
    event(JSON.parse(delta({}, why === 'stop' ? 'stop' : 'content_filter')) as object),
    { wire: 'data: [DONE]\n\n', text: '' },
  ],
  fails: (message, kind) => event({ error: { message, type: kind === 'busy' ? 'overloaded_error' : 'server_error' } }),
  refuses: (message, kind) => ({ error: { message, type: kind, code: kind } }),
  retired: { error: { message: 'The model `m` has been deprecated.', code: 'model_not_found', param: 'model' } },
};

const responses: Spoken = {
  ...{ protocol: 'responses', path: '/v1' },
  opens: [
    named({ type: 'response.created', response: { id: 'r', created_at: 1, model: 'm' } } as { type: string }),
    named({ type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'i' } } as {
      type: string;
    }),
  ],
  says: (text) =>
    named(
      { ...{ type: 'response.output_text.delta', item_id: 'i', output_index: 0 }, delta: text } as never,
      textOf(text),
    ),
  thinks: (text) =>
    named({
      ...{ type: 'response.reasoning_summary_text.delta', item_id: 'i', summary_index: 0 },
      delta: text,
    } as never),
  ends: (why) =>
    why === 'stop'
      ? [named({ type: 'response.completed', response: { id: 'r', status: 'completed', usage: null } } as never)]
      : [
          named({
            type: 'response.incomplete',
            response: { id: 'r', status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
          } as never),
        ],
  fails: (message, kind) =>
    named({ type: 'error', code: kind === 'busy' ? 'server_overloaded' : 'server_error', message } as never),
  refuses: (message, kind) => ({ error: { message, type: kind, code: kind } }),
  retired: { error: { message: 'The model `m` has been deprecated.', code: 'model_not_found', param: 'model' } },
};

const messages: Spoken = {
  ...{ protocol: 'messages', path: '/v1' },
  opens: [
    named({
      type: 'message_start',
      message: {
        ...{ id: 'm', type: 'message', role: 'assistant', model: 'm', content: [] },
        usage: { input_tokens: 5, output_tokens: 1 },
      },
    } as never),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never),
  ],
  says: (text) =>
    named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as never, textOf(text)),
  thinks: (thinking) =>
    named({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking } } as never),
  ends: (why) => [
    named({
      type: 'message_delta',
      delta: { stop_reason: why === 'stop' ? 'end_turn' : 'refusal' },
      usage: { output_tokens: 5 },
    } as never),
    named({ type: 'message_stop' }),
  ],
  fails: (message, kind) =>
    named({ type: 'error', error: { type: kind === 'busy' ? 'overloaded_error' : 'api_error', message } } as never),
  refuses: (message, kind) => ({ type: 'error', error: { type: kind, message } }),
  retired: { type: 'error', error: { type: 'not_found_error', message: 'model: m' } },
};

const gemini: Spoken = {
  ...{ protocol: 'gemini', path: '/v1beta' },
  opens: [],
  says: (text) => event({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] }, textOf(text)),
  thinks: (text) => event({ candidates: [{ content: { role: 'model', parts: [{ text, thought: true }] }, index: 0 }] }),
  ends: (why) => [
    event({
      candidates: [{ content: { parts: [] }, finishReason: why === 'stop' ? 'STOP' : 'SAFETY', index: 0 }],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 5 },
    }),
  ],
  fails: (message, kind) =>
    event({
      error: { code: kind === 'busy' ? 503 : 500, message, status: kind === 'busy' ? 'UNAVAILABLE' : 'INTERNAL' },
    }),
  refuses: (message, kind, code) => ({ error: { code, message, status: kind.toUpperCase() } }),
  retired: {
    error: {
      code: 404,
      message: 'models/m is not found for API version v1beta, or is not supported for generateContent.',
      status: 'NOT_FOUND',
    },
  },
};

/** A provider of each protocol, by its row. */
export const providersBy = { chat: 'deepseek', responses: 'openai', messages: 'anthropic', gemini: 'gemini' } as const;

/** The four protocols of what Beckon can ask. */
export const spokenProtocols: readonly Spoken[] = [chat, responses, messages, gemini];
