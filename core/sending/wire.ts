import { createHash } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { SentBody } from './receipt-book.ts';

export interface WireOptions {
  readonly open: (admit: (url: URL) => void) => typeof fetch;
  /** Throws where a connection may not be made. */
  readonly admit: (url: URL) => void;
  /** Writes the receipt down and answers its id; throws where that cannot be done. */
  readonly begin: (body: SentBody | null) => string;
  /** Resolves once the receipt is on the disk; rejects where the disk does not take it. */
  readonly kept: () => Promise<void>;
}

/** A server is asked in a few other ways where it refuses one, and never without end. */
const mostBodies = 20;

/** The connection of one sending. The receipt is written before it is first used; after its end it carries nothing. */
export class Wire {
  readonly #options: WireOptions;
  #receipt: string | null = null;
  #ended = false;
  #requests = 0;
  #sentBytes = 0;
  #refused = 0;
  readonly #bodies: SentBody[] = [];

  constructor(options: WireOptions) {
    this.#options = options;
  }

  /** Fails without a byte sent where the receipt cannot be written. */
  readonly fetch: typeof fetch = async (input, init) => {
    if (this.#ended) throw new AppError('app/not-allowed', 'this sending has ended');
    const { admit, begin, kept, open } = this.#options;
    admit(new URL(input instanceof Request ? input.url : input));
    const body = bodyOf(init?.body);
    this.#receipt ??= begin(body);
    await kept();
    if (this.#ended) throw new AppError('app/not-allowed', 'this sending has ended');
    this.#requests += 1;
    if (body !== null && this.#bodies.length < mostBodies) this.#bodies.push(body);
    const response = await open(admit)(input, init);
    this.#sentBytes += body?.bytes ?? 0;
    if (!response.ok) this.#refused += 1;
    return response;
  };

  get sent(): { readonly requests: number; readonly sentBytes: number; readonly bodies: readonly SentBody[] } {
    return { requests: this.#requests, sentBytes: this.#sentBytes, bodies: this.#bodies };
  }

  /** Whether every request was answered by a refusal, which nobody charges for. */
  get wasRefused(): boolean {
    return this.#refused === this.#requests;
  }

  /** The id of the receipt; null where nothing was sent. */
  end(): string | null {
    this.#ended = true;
    return this.#receipt;
  }
}

function bodyOf(body: unknown): SentBody | null {
  if (typeof body !== 'string') return null;
  return { sha256: createHash('sha256').update(body).digest('hex'), bytes: Buffer.byteLength(body) };
}
