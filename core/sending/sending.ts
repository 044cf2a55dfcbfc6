import type { GenerateInput, GenerateUsage, ModelPart } from '../../contract/engine.ts';
import { AppError, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import { type Budget, noBudget, type Reservation } from './budget.ts';
import { type Addressee, type Destination, destinationOf } from './destination.ts';
import { everythingMay, type Permits } from './permits.ts';
import { type Prepared, recordBody } from './prepared.ts';
import type { ReceiptBook, SendingPurpose, SentBody } from './receipt-book.ts';
import { type Redact, type Redacted, redactNothing } from './redaction.ts';
import { Wire } from './wire.ts';

export interface SendingOptions {
  /** While true nothing leaves this machine. */
  readonly isOffline: () => boolean;
  readonly receipts: ReceiptBook;
  /** A connection for prompts that leaves to what `admit` does not throw for; asked again right before it is made. */
  readonly open: (admit: (url: URL) => void) => typeof fetch;
  readonly redact?: Redact;
  readonly budget?: Budget;
  /** The person's rules, and their word for what they were shown. */
  readonly permits?: Permits;
  /** Shows a later prompt of an answer to the person; resolves false when the answer is stopped meanwhile. */
  readonly show?: (answerId: string, prepared: Prepared, signal: AbortSignal) => Promise<boolean>;
}

/** One prompt that is to leave. */
export interface Order {
  readonly purpose: SendingPurpose;
  readonly input: GenerateInput;
  readonly to: Addressee;
  /** The answer it is for; null for a trial. */
  readonly messageId: string | null;
  /** Why this model and no other, as the receipt keeps it; left out where nobody knows. */
  readonly reason?: string | null;
  /** Throws where the person has changed or removed meanwhile what `to` names. Asked until the connection is made. */
  readonly requireSame: () => void;
  /** Aborted when nobody wants the answer any more. */
  readonly signal?: AbortSignal;
  /** Asks by this connection and no other; its parts are those of one generation. */
  readonly deliver: (input: GenerateInput, connection: typeof fetch) => AsyncIterable<ModelPart>;
}

/** What the steps before a prompt leaves have decided. */
interface Passed {
  readonly to: Destination;
  readonly redacted: Redacted;
  readonly reservation: Reservation;
}

/**
 * The gate: every prompt that leaves this machine passes `send`, and nothing else holds a connection that carries text. The
 * steps are always the same: the offline lock, who will see it, whether a rule keeps it here, what is hidden from them, whether the
 * person was to see it first, what it may cost, sending with a receipt that is on disk before the first byte, settling it.
 */
export class Sending {
  readonly #options: SendingOptions;

  constructor(options: SendingOptions) {
    this.#options = options;
  }

  /** The parts of one generation; never throws. Its last is `finish`, `failure` or `aborted`, as of every model. */
  async *send(order: Order): AsyncGenerator<ModelPart> {
    let passed: Passed | null;
    try {
      passed = await this.#pass(order);
    } catch (error) {
      return yield { type: 'failure', error: toErrorShape(error) };
    }
    if (passed === null) return yield { type: 'aborted' };
    yield* this.#sendPassed(order, passed);
  }

  /** Null where the person was asked, and stopped the answer. */
  async #pass(order: Order): Promise<Passed | null> {
    const { budget = noBudget, permits = everythingMay } = this.#options;
    const { to, redacted } = this.#prepare(order);
    const isShown = permits.isShown({ ...order, to }, redacted.input);
    if (!isShown && !(await this.#show(order, to, redacted))) return null;
    const reservation = budget.reserve(redacted.input, to, order.purpose);
    return { to, redacted, reservation };
  }

  async #show({ messageId, deliver, signal }: Order, to: Destination, redacted: Redacted): Promise<boolean> {
    const { show } = this.#options;
    const { input, places = () => [] } = redacted;
    const { body, failure } = await recordBody((connection) => deliver(input, connection));
    if (body === null && failure.type === 'failure') throw fromErrorShape(failure.error);
    if (show === undefined || messageId === null || body === null)
      throw new AppError('sending/not-shown', 'it was not shown', { values: { host: to.host }, action: 'look' });
    return show(messageId, { to, input, places, body }, signal ?? new AbortController().signal);
  }

  /** All that is decided of a prompt before anybody is asked: what is shown of it first is made here, as what is sent. */
  #prepare(order: Order): Omit<Passed, 'reservation'> {
    const { redact = redactNothing, permits = everythingMay } = this.#options;
    const to = destinationOf(order.to);
    this.#requireUnlocked(to);
    order.requireSame();
    permits.requireMayLeave({ ...order, to });
    return { to, redacted: redact(order.input, to, order.messageId) };
  }

  /**
   * Yields nothing but an end, and sends nothing: `onPrepared` is told of the prompt as `send` would send it, with the request
   * that would carry it. Never throws.
   */
  async *look(order: Order, onPrepared: (prepared: Prepared) => void): AsyncGenerator<ModelPart> {
    try {
      const { to, redacted } = this.#prepare(order);
      const { body, failure } = await recordBody((connection) => order.deliver(redacted.input, connection));
      if (body === null) return yield failure;
      onPrepared({ to, input: redacted.input, places: redacted.places ?? (() => []), body });
      yield { type: 'aborted' };
    } catch (error) {
      yield { type: 'failure', error: toErrorShape(error) };
    }
  }

  async *#sendPassed(order: Order, { to, redacted, reservation }: Passed): AsyncGenerator<ModelPart> {
    const { receipts, open } = this.#options;
    const wire = new Wire({
      open,
      admit: (url) => this.#admit(url, to, order),
      begin: (body) => this.#begin(order, { to, redacted, reservation }, body),
      kept: () => receipts.kept(),
    });
    let last: ModelPart | null = null;
    let written = '';
    try {
      for await (const part of redacted.restore(order.deliver(redacted.input, wire.fetch))) {
        last = told(part, redacted.hidden);
        if (part.type === 'text-delta' || part.type === 'thinking-delta') written += part.text;
        yield last;
      }
    } catch (error) {
      last = { type: 'failure', error: toErrorShape(error) };
      yield last;
    } finally {
      const id = wire.end();
      const usage = last?.type === 'finish' ? last.usage : null;
      const words = wordsOf(redacted.input) + countWords(written);
      const cost = reservation.settle(id === null ? null : { usage, wasRefused: wire.wasRefused }) ?? null;
      if (id !== null) receipts.settle(id, { ...stateOf(last), ...wire.sent, ...tokensOf(usage), cost, words });
      reservation.settled?.();
    }
  }

  /** From here on what was set aside stands in the receipt, and counts for every budget there is. */
  #begin({ purpose, messageId, reason = null }: Order, { to, redacted, reservation }: Passed, body: SentBody | null) {
    const { price = null, most = null } = reservation;
    const id = this.#options.receipts.begin({
      ...{ purpose, to, messageId, hidden: redacted.hidden, body, price, reserved: most, reason },
    });
    reservation.written?.();
    return id;
  }

  /** All that was decided at the gate, once more, at the moment in which the connection is made. */
  #admit(url: URL, to: Destination, order: Order): void {
    if (url.origin !== to.origin) throw new AppError('app/not-allowed', `${url.host} is not who was to see it`);
    this.#requireUnlocked(to);
    order.requireSame();
    this.#options.permits?.requireMayLeave({ ...order, to });
  }

  #requireUnlocked({ place, host }: Destination): void {
    if (place === 'this-machine' || !this.#options.isOffline()) return;
    throw new AppError('offline/locked', `offline: ${host}`, { values: { host }, action: 'open-settings' });
  }
}

/** Its end tells in how many places of the prompt something was hidden. */
function told(part: ModelPart, hidden: number): ModelPart {
  return part.type === 'finish' && hidden > 0 ? { ...part, usage: { ...part.usage, hidden } } : part;
}

function stateOf(last: ModelPart | null) {
  if (last?.type === 'finish') return { state: 'arrived', error: null } as const;
  if (last?.type === 'failure') return { state: 'failed', error: last.error.code } as const;
  return { state: 'cancelled', error: null } as const;
}

/** Words of the prompt as it left. */
function wordsOf({ messages }: GenerateInput): number {
  return messages.reduce((sum, { text }) => sum + countWords(text), 0);
}

function tokensOf(usage: GenerateUsage | null) {
  return {
    ...{ promptTokens: usage?.promptTokens ?? null, cachedTokens: usage?.cachedTokens ?? null },
    ...{ cacheWriteTokens: usage?.cacheWriteTokens ?? null, outputTokens: usage?.outputTokens ?? null },
    thinkingTokens: usage?.thinkingTokens ?? null,
  };
}
