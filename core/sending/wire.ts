import { AppError } from '../../contract/errors.ts';

export interface WireOptions {
  readonly open: (admit: (url: URL) => void) => typeof fetch;
  /** Throws where a connection may not be made. */
  readonly admit: (url: URL) => void;
  /** Writes the receipt down and answers its id; throws where that cannot be done. */
  readonly begin: () => string;
}

/** The connection of one sending. The receipt is written before it is first used; after its end it carries nothing. */
export class Wire {
  readonly #options: WireOptions;
  #receipt: string | null = null;
  #ended = false;
  #requests = 0;
  #sentBytes = 0;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  /** Fails without a byte sent where the receipt cannot be written. */
  readonly fetch: typeof fetch = async (input, init) => {
    if (this.#ended) throw new AppError('app/not-allowed', 'this sending has ended');
    const { admit, begin, open } = this.#options;
    admit(new URL(input instanceof Request ? input.url : input));
    this.#receipt ??= begin();
    this.#requests += 1;
    const response = await open(admit)(input, init);
    this.#sentBytes += typeof init?.body === 'string' ? Buffer.byteLength(init.body) : 0;
    return response;
  };

  get sent(): { readonly requests: number; readonly sentBytes: number } {
    return { requests: this.#requests, sentBytes: this.#sentBytes };
  }

  /** The id of the receipt; null where nothing was sent. */
  end(): string | null {
    this.#ended = true;
    return this.#receipt;
  }
}
