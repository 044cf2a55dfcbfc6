import type { Clip, ClipsState } from '../../contract/clips.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { clipsRoutes } from '../../contract/routes/clips.ts';
import type { Settings } from '../../contract/settings.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import type { Log } from '../ports.ts';
import type { ClipKey } from './clip-key.ts';
import { ClipShelf } from './clip-shelf.ts';
import { removeSealed, sealedIds } from './sealed-files.ts';

export interface ClipsDeps {
  readonly folder: string;
  readonly key: ClipKey;
  readonly desktop: Pick<DesktopProcess, 'watchClipboard' | 'saveClipboard' | 'offerClipboard'>;
  readonly settings: () => Settings;
  readonly now: () => number;
  readonly log: Log;
}

const pruneEveryMs = 10 * 60_000;
const startAgainMs = 1000;
const dayMs = 24 * 3600_000;

/**
 * Keeps what is copied, while the person wants that: whole, sealed with a key of the system's key store, for some days. What is
 * marked as a secret is never read. Turned off, all of it goes, and the key with it.
 */
export class Clips implements Disposable {
  readonly state = new StateSource<ClipsState>(clipsRoutes.states.clips.initial);
  readonly #deps: ClipsDeps;
  #last: Promise<void> = Promise.resolve();
  #shelf: ClipShelf | null = null;
  #watching: AbortController | null = null;
  #pruning: NodeJS.Timeout | undefined;
  #isOn = false;

  constructor(deps: ClipsDeps) {
    this.#deps = deps;
  }

  /** Follows the settings as they are now. */
  follow(): Promise<void> {
    return this.#turn(async () => {
      const isOn = this.#deps.settings().clipboardHistory;
      if (isOn && !this.#isOn) await this.#open();
      else if (!isOn && this.#isOn) await this.#throwAway();
      // A profile whose settings were lost is not taken at its word; what is too old goes all the same.
      else if (!isOn) removeSealed(this.#deps.folder, this.#deps.now() - this.#deps.settings().clipboardDays * dayMs);
      else this.#prune();
      this.#isOn = isOn;
    });
  }

  list(query: string, limit: number): readonly Clip[] {
    this.#prune();
    return this.#shelf?.list(query, limit) ?? [];
  }

  /** Throws `clips/gone`, and what the desktop says. */
  async putIn(id: string): Promise<void> {
    const formats = this.#shelf?.open(id) ?? null;
    if (formats === null) throw new AppError('clips/gone', 'no such copy is kept');
    const answer = await this.#deps.desktop.offerClipboard(formats);
    if (answer.status === 'available') return;
    throw answer.cause === null
      ? new AppError('desktop/unsupported', 'nobody copies here')
      : fromErrorShape(answer.cause);
  }

  remove(id: string): void {
    this.#shelf?.remove(id);
    this.#changed();
  }

  clear(): Promise<void> {
    return this.#turn(async () => {
      await this.#throwAway();
      if (this.#isOn) await this.#open();
    });
  }

  /** Asks the key store again, where it did not give the key. */
  again(): Promise<void> {
    return this.#turn(async () => {
      if (this.#isOn && this.#shelf === null) await this.#open();
    });
  }

  dispose(): void {
    this.#watching?.abort();
    this.#watching = null;
    clearInterval(this.#pruning);
  }

  /** One thing after the other: what is turned on while it is turned off begins after that. */
  #turn(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #open(): Promise<void> {
    this.state.update({ status: 'starting', leftOut: null });
    try {
      const status = await this.#unlock();
      this.state.update({ status });
      if (status !== 'on') return;
    } catch (error) {
      this.#deps.log.write('clips-failed', { detail: toErrorShape(error).code });
      this.state.update({ status: 'failed' });
      return;
    }
    this.#prune();
    this.#changed();
    this.#pruning = setInterval(() => this.#prune(), pruneEveryMs);
    this.#pruning.unref();
    this.#watching = new AbortController();
    void this.#watch(this.#watching.signal);
  }

  async #unlock(): Promise<'on' | 'locked' | 'no-key-store'> {
    const { folder, key } = this.#deps;
    const known = await key.read();
    if (known === null && sealedIds(folder).length > 0) return 'locked';
    const used = known ?? (await key.make());
    if (used === null) return 'no-key-store';
    const shelf = new ClipShelf(folder, used);
    if (shelf.isLocked) return 'locked';
    this.#shelf = shelf;
    return 'on';
  }

  async #throwAway(): Promise<void> {
    this.dispose();
    this.#shelf = null;
    removeSealed(this.#deps.folder);
    await this.#deps.key.forget();
    this.state.update({ status: 'off', leftOut: null });
    this.#changed();
  }

  /** The process that tells may die and is there again soon. */
  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const _copied of this.#deps.desktop.watchClipboard(signal)) await this.#take(signal);
      } catch (error) {
        if (toErrorShape(error).code === 'desktop/unsupported') {
          this.state.update({ status: 'unsupported' });
          return;
        }
      }
      if (!signal.aborted) await pause(startAgainMs, signal);
    }
  }

  async #take(signal: AbortSignal): Promise<void> {
    const answer = await this.#deps.desktop.saveClipboard();
    if (signal.aborted || this.#shelf === null || answer.status === 'nothing') return;
    if (answer.status !== 'available') {
      const isSecret = answer.cause?.code === 'capture/clipboard-secret';
      const leftOut = isSecret ? 'secret' : answer.cause?.code === 'capture/too-large' ? 'too-large' : 'not-given';
      this.state.update({ leftOut });
      return;
    }
    try {
      this.#shelf.add(answer.value, this.#deps.now(), this.#limits());
      this.state.update({ leftOut: null });
    } catch (error) {
      // A full disk keeps nothing, and what is copied is in the clipboard all the same.
      this.#deps.log.write('clips-not-kept', { detail: toErrorShape(error).code });
      this.state.update({ leftOut: 'not-given' });
    }
    this.#changed();
  }

  #prune(): void {
    if (this.#shelf?.prune(this.#deps.now(), this.#limits())) this.#changed();
  }

  #limits() {
    const { clipboardItems, clipboardDays } = this.#deps.settings();
    return { items: clipboardItems, days: clipboardDays };
  }

  #changed(): void {
    this.state.update({ count: this.#shelf?.count ?? 0, revision: this.state.value.revision + 1 });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
