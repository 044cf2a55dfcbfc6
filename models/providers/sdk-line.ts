import type { Answer } from '../openai-compatible/answer.ts';
import { type Bounded, boundedTextOf, postBounded } from '../openai-compatible/bounded-answer.ts';
import { partsOf } from '../openai-compatible/chunk.ts';
import { dialects } from '../openai-compatible/dialects.ts';
import type { Exchange } from '../openai-compatible/exchange.ts';
import { type Frame, FrameReader } from '../openai-compatible/frame-reader.ts';
import { isRecord, tellsError } from '../openai-compatible/said-error.ts';
import { withReadableUsage } from './readable-usage.ts';
import { asksForTool, readableEvents } from './responses-events.ts';
import { RestAfterEnd, saidEndOf } from './said-end.ts';
import type { SdkProtocol } from './sdk-models.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SdkLineOptions {
  readonly protocol: SdkProtocol;
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
  readonly #rest: RestAfterEnd;
  #sent: Json = {};
  #answered = false;
  #spoke = false;
  #broke: unknown = null;
  #error: unknown = null;
  #whole: Json | null = null;

  constructor(options: SdkLineOptions) {
    this.#options = options;
    this.#rest = new RestAfterEnd(options.bounded.limits.afterEndMs);
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
    const texts = boundedTextOf(response, bounded, exchange);
    try {
      for (let over = false; !over; ) {
        const next = await this.#rest.within(texts.next());
        over = next === null || next.done === true;
        for (const frame of over ? frames.end() : frames.push(next?.value ?? '')) {
          const events = this.#pass(frame);
          if (events === null) return;
          if (events !== '') yield encoder.encode(events);
          if (this.#rest.isOver) return;
        }
      }
    } catch (error) {
      this.#broke = error;
    } finally {
      void texts.return(undefined).catch(() => {});
    }
    // The SDK tells why only where the last event came, too.
    if (this.#options.protocol === 'messages' && this.#rest.lacksEnd) yield encoder.encode(lastOfMessages);
  }

  /** A frame as the SDK is to read it, nothing of what is not for it; null: nothing more is. */
  #pass(frame: Frame): string | null {
    const { answer, protocol } = this.#options;
    if (frame.type === 'end') return null;
    if (frame.type === 'begun') {
      answer.take(frame);
      return '';
    }
    if (frame.type === 'words') {
      if (frame.event === 'error') this.#error = frame.text;
      else answer.take(frame);
      return frame.event === 'error' || answer.ended ? null : '';
    }
    if (typeof frame.value !== 'object' || frame.value === null) {
      answer.take(frame);
      return '';
    }
    this.#spoke = true;
    answer.takeParts([]);
    let events = '';
    for (const value of Array.isArray(frame.value) ? frame.value : [frame.value]) {
      if (!isRecord(value)) continue;
      this.#error ??= frame.event === 'error' ? value : errorWithin(value);
      if (this.#error !== null) return events === '' ? null : events;
      if (protocol === 'messages' && isWhole(value)) this.#whole = withReadableUsage(protocol, value);
      if (this.#whole !== null) return events === '' ? null : events;
      events += this.#read(value)
        .map((event) => `data: ${JSON.stringify(event)}\n\n`)
        .join('');
    }
    return events;
  }

  /** What of a value the SDK is to read; what it has no word for is told to the answer. */
  #read(value: Json): readonly Json[] {
    const { answer, protocol } = this.#options;
    const isOwn = isOf[protocol](value);
    this.#rest.note(saidEndOf[protocol](value));
    if (isOwn) answer.takeParts([{ type: isHollow(value) ? 'hollow' : 'opened' }]);
    else if (partsOf(value).some(({ type }) => ofAnswers.includes(type))) answer.takeParts([{ type: 'foreign' }]);
    if (protocol === 'responses') {
      if (asksForTool(value)) answer.takeParts([{ type: 'tool' }]);
      return readableEvents(value);
    }
    // A prompt that is refused has no answer, and the SDK has no word for it.
    const blocked = isRecord(value['promptFeedback']) ? value['promptFeedback']['blockReason'] : null;
    if (typeof blocked === 'string') answer.takeParts([{ type: 'reason', reason: 'prohibited_content' }]);
    return isOwn ? [withReadableUsage(protocol, value)] : [];
  }
}

/** What of a value tells that it is a piece of an answer, in whatever protocol. */
const ofAnswers: readonly string[] = ['opened', 'foreign', 'text', 'thinking', 'reason', 'tool'];

const lastOfMessages = `data: ${JSON.stringify({ type: 'message_stop' })}\n\n`;

/** Gemini gives no candidates where it has nothing to say and no reason. */
function isHollow({ candidates }: Json): boolean {
  return Array.isArray(candidates) && candidates.length === 0;
}

/** Whether a value belongs to a protocol. */
const isOf: Readonly<Record<SdkProtocol, (value: Json) => boolean>> = {
  responses: ({ type, object }) => object === 'response' || (typeof type === 'string' && type.startsWith('response.')),
  messages: ({ type }) => type === 'ping' || (typeof type === 'string' && dialects.otherProtocols.kinds.includes(type)),
  gemini: (value) => ['candidates', 'promptFeedback', 'usageMetadata'].some((name) => name in value),
};

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

/** A whole answer of Messages; those of Gemini are like its pieces, and those of Responses are read as such. */
function isWhole(value: Json): boolean {
  return value['type'] === 'message' && Array.isArray(value['content']);
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
