import type {
  Contract,
  InputOf,
  OutputOf,
  PartOf,
  RequestName,
  SnapshotOf,
  StateName,
  StreamName,
} from '../contract/define.ts';
import { type Disposable, DisposableStore } from '../contract/disposable.ts';
import { type AppErrorShape, fromErrorShape } from '../contract/errors.ts';
import { failure, type Result, success } from '../contract/result.ts';
import type { Channel } from './channel.ts';
import { isServerFrame, type ServerFrame } from './frames.ts';
import { StateMirror } from './state-mirror.ts';
import { ClientStream, type WireStream } from './stream.ts';

const notConnected: AppErrorShape = { code: 'app/not-connected', message: 'the other process is gone' };

/** Asks one channel by a contract. Disposing it closes its streams and answers what is pending with an error. */
export class WireClient<C extends Contract> implements Disposable {
  readonly #channel: Channel;
  readonly #store = new DisposableStore();
  readonly #requests = new Map<number, (result: Result<unknown>) => void>();
  readonly #streams = new Map<number, ClientStream>();
  readonly #mirrors = new Map<number, StateMirror<unknown>>();
  #nextId = 1;
  #closed = false;

  constructor(channel: Channel, _contract: C | null = null) {
    this.#channel = channel;
    this.#store.add(channel.onMessage((message) => this.#take(message)));
    this.#store.add(channel.onClose(() => this.dispose()));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Never rejects; a channel that closes first answers `app/not-connected`. */
  request<Name extends RequestName<C>>(
    name: Name,
    input: InputOf<C['requests'][Name]>,
  ): Promise<Result<OutputOf<C['requests'][Name]>>> {
    return this.#request(name, input) as Promise<Result<OutputOf<C['requests'][Name]>>>;
  }

  /** Like `request`, but throws the AppError; for callers that handle errors further up. */
  async call<Name extends RequestName<C>>(
    name: Name,
    input: InputOf<C['requests'][Name]>,
  ): Promise<OutputOf<C['requests'][Name]>> {
    const result = await this.request(name, input);
    if (!result.ok) throw fromErrorShape(result.error);
    return result.value;
  }

  /** Opens a stream; iterate it once. Closing it (or leaving the loop) is seen by the other side as an abort. */
  open<Name extends StreamName<C>>(
    name: Name,
    input: InputOf<C['streams'][Name]>,
  ): WireStream<PartOf<C['streams'][Name]>> {
    const id = this.#takeId();
    const stream = new ClientStream(id, this.#channel, () => this.#streams.delete(id));
    if (this.#closed) stream.fail(notConnected);
    else {
      this.#streams.set(id, stream);
      this.#channel.send({ kind: 'open', id, name, input });
    }
    return stream as WireStream<PartOf<C['streams'][Name]>>;
  }

  /** Mirrors a state of the other side; `undefined` until its first snapshot. Dispose it to stop watching. */
  watch<Name extends StateName<C>>(name: Name): StateMirror<SnapshotOf<C['states'][Name]>> {
    const id = this.#takeId();
    const mirror = new StateMirror<unknown>(
      () => this.#channel.send({ kind: 'watch', id, name }),
      () => {
        this.#mirrors.delete(id);
        this.#channel.send({ kind: 'unwatch', id });
      },
    );
    this.#mirrors.set(id, mirror);
    if (!this.#closed) mirror.ask();
    return mirror as StateMirror<SnapshotOf<C['states'][Name]>>;
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const resolve of this.#requests.values()) resolve(failure(notConnected));
    this.#requests.clear();
    for (const stream of [...this.#streams.values()]) stream.fail(notConnected);
    this.#streams.clear();
    this.#mirrors.clear();
    this.#store.dispose();
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  #request(name: string, input: unknown): Promise<Result<unknown>> {
    if (this.#closed) return Promise.resolve(failure(notConnected));
    const id = this.#takeId();
    return new Promise((resolve) => {
      this.#requests.set(id, resolve);
      this.#channel.send({ kind: 'request', id, name, input });
    });
  }

  #take(message: unknown): void {
    if (!isServerFrame(message)) return;
    const pending = this.#requests.get(message.id);
    if (pending !== undefined && (message.kind === 'value' || message.kind === 'error')) {
      this.#requests.delete(message.id);
      pending(message.kind === 'value' ? success(message.value) : failure(message.error));
      return;
    }
    this.#streams.get(message.id)?.take(message);
    this.#takeState(message);
  }

  #takeState(message: ServerFrame): void {
    const mirror = this.#mirrors.get(message.id);
    if (mirror === undefined) return;
    if (message.kind === 'snapshot') mirror.takeSnapshot(message.revision, message.value);
    if (message.kind === 'patch') mirror.takePatch(message.revision, message.value);
  }
}
