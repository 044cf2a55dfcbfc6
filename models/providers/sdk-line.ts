import type { Answer } from '../openai-compatible/answer.ts';
import { type Bounded, boundedTextOf, postBounded } from '../openai-compatible/bounded-answer.ts';
import type { Exchange } from '../openai-compatible/exchange.ts';
import { type Frame, FrameReader } from '../openai-compatible/frame-reader.ts';
import { isRecord, tellsError } from '../openai-compatible/said-error.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SdkLineOptions {
  readonly bounded: Bounded;
  readonly exchange: Exchange;
  readonly answer: Answer;
  /** The question as it is to be sent, by the one that the SDK made. */
  readonly reshape: (body: Json) => Json;
}

/**
 * The one connection of an SDK model. What comes is bounded and looked through before the SDK sees it: words that are no part
 * of the protocol, errors within, an answer that comes as one message. The SDK is given whole events and a clean end.
 */
export class SdkLine {
  readonly #options: SdkLineOptions;
  #sent: Json = {};
  #answered = false;
  #spoke = false;
  #broke: unknown = null;
  #error: unknown = null;
  #whole: Json | null = null;

  constructor(options: SdkLineOptions) {
    this.#options = options;
  }

  /** What was asked, as it left. */
  get sent(): Json {
    return this.#sent;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Whether anything of the protocol came. */
  get spoke(): boolean {
    return this.#spoke;
  }

  /** What ended the connection before its end; null where nothing did. */
  get broke(): unknown {
    return this.#broke;
  }

  /** What was told within the answer to have gone wrong; null where nothing was. */
  get error(): unknown {
    return this.#error;
  }

  /** Whether the answer came as one message: asked again, the SDK is given that message, and nothing leaves. */
  get cameWhole(): boolean {
    return this.#whole !== null;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    if (this.#whole !== null) return Response.json(this.#whole);
    const { bounded, exchange, reshape } = this.#options;
    try {
      this.#sent = reshape(readBody(init?.body));
      const url = input instanceof Request ? input.url : String(input);
      const posted = { url, headers: headersOf(init?.headers), body: JSON.stringify(this.#sent) };
      const response = await postBounded(posted, bounded, exchange);
      this.#answered = true;
      return new Response(toBody(this.#eventsOf(response)), { headers: { 'content-type': 'text/event-stream' } });
    } catch (error) {
      this.#broke = error;
      throw error;
    }
  };

  async *#eventsOf(response: Response): AsyncGenerator<Uint8Array> {
    const { bounded, exchange } = this.#options;
    const frames = new FrameReader(bounded.limits, bounded.host);
    const encoder = new TextEncoder();
    try {
      for await (const text of boundedTextOf(response, bounded, exchange)) {
        for (const frame of frames.push(text)) {
          const events = this.#pass(frame);
          if (events === null) return;
          if (events !== '') yield encoder.encode(events);
        }
      }
      for (const frame of frames.end()) {
        const events = this.#pass(frame);
        if (events === null) return;
        if (events !== '') yield encoder.encode(events);
      }
    } catch (error) {
      this.#broke = error;
    }
  }

  /** A frame as the SDK is to read it, nothing of what is not for it; null: nothing more is. */
  #pass(frame: Frame): string | null {
    const { answer } = this.#options;
    if (frame.type === 'end') return null;
    if (frame.type === 'words') {
      if (frame.event === 'error') this.#error = frame.text;
      else answer.take(frame);
      return frame.event === 'error' || answer.ended ? null : '';
    }
    this.#spoke = true;
    answer.takeParts([]);
    let events = '';
    for (const value of Array.isArray(frame.value) ? frame.value : [frame.value]) {
      if (!isRecord(value)) continue;
      this.#error ??= frame.event === 'error' ? value : errorWithin(value);
      if (isWhole(value)) this.#whole = value;
      if (this.#error !== null || this.#whole !== null) return events === '' ? null : events;
      // An answer in the shape of chat completions, which none of these protocols has.
      if (Array.isArray(value['choices'])) answer.takeParts([{ type: 'foreign' }]);
      // A prompt that is refused has no answer, and the SDK has no word for it.
      const blocked = isRecord(value['promptFeedback']) ? value['promptFeedback']['blockReason'] : null;
      if (typeof blocked === 'string') answer.takeParts([{ type: 'reason', reason: 'prohibited_content' }]);
      events += `data: ${JSON.stringify(withReason(value))}\n\n`;
    }
    return events;
  }
}

/** Read on only when asked; leaving it ends the reading. */
function toBody(events: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await events.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await events.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** An error beside what belongs to the protocol, or within the answer that an event hands over whole. */
function errorWithin(value: Json): unknown {
  if (tellsError(value)) return value;
  const inner = value['response'];
  return isRecord(inner) && (isRecord(inner['error']) || typeof inner['error'] === 'string') ? inner : null;
}

/** An answer that is said to be incomplete and not why was ended by its length: other reasons are always named. */
function withReason(value: Json): Json {
  const response = value['response'];
  if (!isRecord(response) || response['status'] !== 'incomplete' || isRecord(response['incomplete_details']))
    return value;
  return { ...value, response: { ...response, incomplete_details: { reason: 'max_output_tokens' } } };
}

/** A whole answer of Responses, of Messages; those of Gemini are like its pieces. */
function isWhole(value: Json): boolean {
  return value['object'] === 'response' || (value['type'] === 'message' && Array.isArray(value['content']));
}

function readBody(body: unknown): Json {
  const read: unknown = typeof body === 'string' ? JSON.parse(body) : null;
  return isRecord(read) ? read : {};
}

function headersOf(given: unknown): Record<string, string> {
  const headers = new Headers(given as ConstructorParameters<typeof Headers>[0]);
  // A key that is none is not sent as one.
  for (const [name, value] of [...headers]) if (value.trim() === '' || value.trim() === 'Bearer') headers.delete(name);
  return Object.fromEntries(headers);
}
