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
import { type Check, type Checks, checksOf, noChecks } from './checks.ts';
import { isForClient, isServerFrame, type ServerFrame } from './frames.ts';
import { LateFrames } from './late-frames.ts';
import { StateMirror } from './state-mirror.ts';
import { badAnswer, ClientStream, type WireStream } from './stream.ts';

const notConnected: AppErrorShape = { code: 'app/not-connected', message: 'the other process is gone' };

export interface ClientOptions {
  /**
   * Called when the other side says what it may not by the contract, with what was wrong. Whoever started that process ends
   * it: nothing more of it can be believed.
   */
  readonly onBreach?: (wrong: string) => void;
}

interface Pending {
  readonly name: string;
  readonly resolve: (result: Result<unknown>) => void;
}

interface Watch {
  readonly mirror: StateMirror<unknown>;
  readonly snapshot: Check;
  readonly patch: Check;
}

/**
 * Asks one channel by a contract, and believes only what that allows. Disposing it closes its streams and answers what is
 * pending with an error. Without a contract, in a page, it believes everything: main has checked it.
 */
export class WireClient<C extends Contract> implements Disposable {
  readonly #channel: Channel;
  readonly #store = new DisposableStore();
  readonly #checks: Checks;
  readonly #isChecked: boolean;
  readonly #onBreach: (wrong: string) => void;
  readonly #requests = new Map<number, Pending>();
  readonly #streams = new Map<number, ClientStream>();
  readonly #watches = new Map<number, Watch>();
  readonly #late = new LateFrames();
  #nextId = 1;
  #closed = false;

  constructor(channel: Channel, contract: C | null, { onBreach }: ClientOptions = {}) {
    this.#channel = channel;
    this.#checks = contract === null ? noChecks : checksOf(contract);
    this.#isChecked = contract !== null;
    this.#onBreach = onBreach ?? (() => {});
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
    const stream = new ClientStream({
      id,
      channel: this.#channel,
      check: this.#checks.part(name),
      isBounded: this.#isChecked,
      onDone: (inFlight) => {
        this.#streams.delete(id);
        if (inFlight > 0) this.#late.expect(id, inFlight);
      },
      onBreach: (wrong) => this.#breach(wrong),
    });
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
        this.#watches.delete(id);
        // Changes may be on their way until the other side has heard of it.
        this.#late.expect(id, Number.POSITIVE_INFINITY);
        this.#channel.send({ kind: 'unwatch', id });
      },
    );
    this.#watches.set(id, { mirror, snapshot: this.#checks.snapshot(name), patch: this.#checks.patch(name) });
    if (!this.#closed) mirror.ask();
    return mirror as StateMirror<SnapshotOf<C['states'][Name]>>;
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { resolve } of this.#requests.values()) resolve(failure(notConnected));
    this.#requests.clear();
    for (const stream of [...this.#streams.values()]) stream.fail(notConnected);
    this.#streams.clear();
    this.#watches.clear();
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
      this.#requests.set(id, { name, resolve });
      this.#channel.send({ kind: 'request', id, name, input });
    });
  }

  #take(message: unknown): void {
    if (!isServerFrame(message)) {
      if (isForClient(message)) this.#breach('a frame that is none');
      return;
    }
    const { id } = message;
    const pending = this.#requests.get(id);
    const stream = this.#streams.get(id);
    const watch = this.#watches.get(id);
    if (pending !== undefined) this.#answer(pending, message);
    else if (stream !== undefined) this.#takePart(stream, message);
    else if (watch !== undefined) this.#takeState(watch, message);
    else if (!this.#late.take(message)) this.#breach(`${message.kind} that nothing was asked for`);
  }

  #answer({ name, resolve }: Pending, message: ServerFrame): void {
    if (message.kind !== 'value' && message.kind !== 'error') {
      this.#breach(`${name}: ${message.kind} for an answer`);
      return;
    }
    this.#requests.delete(message.id);
    const isValue = message.kind === 'value';
    const checked = isValue ? this.#checks.output(name)(message.value) : this.#checks.error(message.error);
    if (!checked.ok) {
      resolve(failure(badAnswer(checked.wrong)));
      this.#breach(checked.wrong);
    } else resolve(isValue ? success(checked.value) : failure(checked.value as AppErrorShape));
  }

  #takePart(stream: ClientStream, message: ServerFrame): void {
    if (message.kind === 'error') {
      const checked = this.#checks.error(message.error);
      stream.fail(checked.ok ? (checked.value as AppErrorShape) : badAnswer(checked.wrong));
      if (!checked.ok) this.#breach(checked.wrong);
    } else stream.take(message);
  }

  #takeState({ mirror, snapshot, patch }: Watch, message: ServerFrame): void {
    if (message.kind !== 'snapshot' && message.kind !== 'patch') {
      if (message.kind !== 'error') this.#breach(`${message.kind} for a state`);
      return;
    }
    const checked = (message.kind === 'snapshot' ? snapshot : patch)(message.value);
    if (!checked.ok) this.#breach(checked.wrong);
    else if (message.kind === 'snapshot') mirror.takeSnapshot(message.revision, checked.value);
    else mirror.takePatch(message.revision, checked.value);
  }

  #breach(wrong: string): void {
    if (this.#isChecked && !this.#closed) this.#onBreach(wrong);
  }
}
