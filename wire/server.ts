import type { ZodType } from 'zod';
import type {
  Contract,
  OutputOf,
  ParsedOf,
  PartOf,
  RequestDefinition,
  RequestName,
  SnapshotOf,
  StateName,
  StreamDefinition,
  StreamName,
} from '../contract/define.ts';
import { type Disposable, DisposableStore } from '../contract/disposable.ts';
import { AppError, toErrorShape } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import { type ClientFrame, initialCredit, isClientFrame, type ServerFrame } from './frames.ts';
import { describeIssues } from './issues.ts';
import type { ReadableState } from './state-source.ts';

/** One handler for every endpoint of a contract; a missing one, or a wrong type, does not compile. */
export interface Handlers<C extends Contract> {
  readonly requests: {
    readonly [Name in RequestName<C>]: (
      input: ParsedOf<C['requests'][Name]>,
      /** Aborted when whoever asked has gone. */
      gone: AbortSignal,
    ) => Promise<OutputOf<C['requests'][Name]>> | OutputOf<C['requests'][Name]>;
  };
  readonly streams: {
    readonly [Name in StreamName<C>]: (
      input: ParsedOf<C['streams'][Name]>,
      signal: AbortSignal,
    ) => AsyncIterable<PartOf<C['streams'][Name]>>;
  };
  readonly states: { readonly [Name in StateName<C>]: ReadableState<SnapshotOf<C['states'][Name]>> };
}

export interface ServeOptions {
  /** Called with what only a bug can cause, never with an expected error. */
  readonly onBug?: (name: string, error: unknown) => void;
}

interface OpenStream {
  readonly abort: AbortController;
  credit: number;
  wake: (() => void) | null;
}

type AnyRequest = RequestDefinition<ZodType, ZodType>;
type AnyStream = StreamDefinition<ZodType, ZodType>;

/** Answers one channel by a contract until the channel closes or the result is disposed. */
export function serve<C extends Contract>(
  channel: Channel,
  contract: C,
  handlers: Handlers<C>,
  options: ServeOptions = {},
): Disposable {
  return new WireServer(channel, contract, handlers as unknown as UntypedHandlers, options);
}

/** The handlers as the wire sees them: names are data here, the types are proved at `serve`. */
interface UntypedHandlers {
  readonly requests: Readonly<Record<string, (input: unknown, gone: AbortSignal) => unknown>>;
  readonly streams: Readonly<Record<string, (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>>>;
  readonly states: Readonly<Record<string, ReadableState<unknown>>>;
}

class WireServer implements Disposable {
  readonly #channel: Channel;
  readonly #contract: Contract;
  readonly #handlers: UntypedHandlers;
  readonly #options: ServeOptions;
  readonly #store = new DisposableStore();
  readonly #streams = new Map<number, OpenStream>();
  readonly #watches = new Map<number, Disposable>();
  readonly #gone = new AbortController();

  constructor(channel: Channel, contract: Contract, handlers: UntypedHandlers, options: ServeOptions) {
    this.#channel = channel;
    this.#contract = contract;
    this.#handlers = handlers;
    this.#options = options;
    this.#store.add(channel.onMessage((message) => this.#take(message)));
    this.#store.add(channel.onClose(() => this.dispose()));
  }

  dispose(): void {
    this.#gone.abort();
    for (const stream of this.#streams.values()) {
      stream.abort.abort();
      stream.wake?.();
    }
    this.#streams.clear();
    for (const watch of this.#watches.values()) watch.dispose();
    this.#watches.clear();
    this.#store.dispose();
  }

  #send(frame: ServerFrame): void {
    this.#channel.send(frame);
  }

  #fail(id: number, name: string, error: unknown): void {
    const shape = toErrorShape(error);
    if (shape.code === 'app/internal') this.#options.onBug?.(name, error);
    this.#send({ kind: 'error', id, error: shape });
  }

  #take(message: unknown): void {
    if (!isClientFrame(message)) return;
    switch (message.kind) {
      case 'request':
        void this.#answer(message);
        return;
      case 'open':
        void this.#stream(message);
        return;
      case 'credit':
        this.#grant(message.id, message.amount);
        return;
      case 'close':
        this.#closeStream(message.id);
        return;
      case 'watch':
        this.#watch(message);
        return;
      case 'unwatch':
        this.#watches.get(message.id)?.dispose();
        this.#watches.delete(message.id);
    }
  }

  async #answer(frame: Extract<ClientFrame, { kind: 'request' }>): Promise<void> {
    try {
      const input = parseInput(this.#contract.requests, frame.name, frame.input);
      const value = await this.#handlers.requests[frame.name]?.(input, this.#gone.signal);
      this.#send({ kind: 'value', id: frame.id, value: value ?? null });
    } catch (error) {
      this.#fail(frame.id, frame.name, error);
    }
  }

  async #stream(frame: Extract<ClientFrame, { kind: 'open' }>): Promise<void> {
    if (this.#streams.has(frame.id)) return;
    const open: OpenStream = { abort: new AbortController(), credit: initialCredit, wake: null };
    this.#streams.set(frame.id, open);
    try {
      const input = parseInput(this.#contract.streams, frame.name, frame.input);
      const parts = this.#handlers.streams[frame.name]?.(input, open.abort.signal);
      if (parts !== undefined) await this.#pump(frame.id, open, parts);
      this.#send(open.abort.signal.aborted ? { kind: 'aborted', id: frame.id } : { kind: 'end', id: frame.id });
    } catch (error) {
      if (open.abort.signal.aborted) this.#send({ kind: 'aborted', id: frame.id });
      else this.#fail(frame.id, frame.name, error);
    } finally {
      this.#streams.delete(frame.id);
    }
  }

  async #pump(id: number, open: OpenStream, parts: AsyncIterable<unknown>): Promise<void> {
    let sequence = 0;
    for await (const part of parts) {
      if (open.abort.signal.aborted) return;
      while (open.credit === 0 && !open.abort.signal.aborted) {
        await new Promise<void>((resolve) => {
          open.wake = resolve;
        });
      }
      open.credit -= 1;
      this.#send({ kind: 'part', id, sequence, part });
      sequence += 1;
    }
  }

  #grant(id: number, amount: number): void {
    const open = this.#streams.get(id);
    if (open === undefined) return;
    open.credit = Math.min(open.credit + amount, 1_000_000);
    open.wake?.();
    open.wake = null;
  }

  #closeStream(id: number): void {
    const open = this.#streams.get(id);
    if (open === undefined) return;
    open.abort.abort();
    open.wake?.();
  }

  #watch(frame: Extract<ClientFrame, { kind: 'watch' }>): void {
    const source = Object.hasOwn(this.#contract.states, frame.name) ? this.#handlers.states[frame.name] : undefined;
    if (source === undefined) {
      this.#fail(frame.id, frame.name, new AppError('app/unknown-route', `no state ${frame.name}`));
      return;
    }
    this.#watches.get(frame.id)?.dispose();
    const subscription = source.subscribe(({ revision, patch }) =>
      this.#send({ kind: 'patch', id: frame.id, revision, value: patch }),
    );
    this.#watches.set(frame.id, subscription);
    const { revision, value } = source.get();
    this.#send({ kind: 'snapshot', id: frame.id, revision, value });
  }
}

/** Looks a route up by its own name only (`__proto__` is an unknown route) and checks its input. */
function parseInput(table: Readonly<Record<string, AnyRequest | AnyStream>>, name: string, input: unknown): unknown {
  const definition = Object.hasOwn(table, name) ? table[name] : undefined;
  if (definition === undefined) throw new AppError('app/unknown-route', `no route ${name.slice(0, 80)}`);
  const parsed = definition.input.safeParse(input);
  if (!parsed.success) throw new AppError('app/bad-request', `${name}: ${describeIssues(parsed.error.issues)}`);
  return parsed.data;
}
