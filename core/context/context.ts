import { setTimeout as sleep } from 'node:timers/promises';
import type { ContextChip, ContextState } from '../../contract/context.ts';
import type { ActiveWindow, CaptureAnswer, ClipboardDescription, PortAnswer } from '../../contract/desktop.ts';
import { fileChipLimit } from '../../contract/document.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { Attachment } from '../attachment.ts';
import { ChipShelf } from './chip-shelf.ts';
import { foundByCapture, foundClipboard, foundSample, measure, textOnly } from './found.ts';

export interface ContextOptions {
  /** `once`: an application that the person agreed to be asked for a copy this time. */
  readonly capture: (once: string | null) => Promise<CaptureAnswer>;
  /** What people call the application of a window; its own name where this is left out. */
  readonly labelOf?: (window: ActiveWindow) => string | null;
  readonly describeClipboard: () => Promise<PortAnswer<ClipboardDescription>>;
  readonly readClipboard: () => Promise<PortAnswer<string>>;
  readonly now: () => number;
  /** Told of a text that would go along. */
  readonly onText: (text: string) => void;
}

/** A capture that takes longer is shown as being under way. */
const slowAfterMs = 30;
/** The clipboard is looked at after the selection, or this long after the call where an application does not answer. */
const clipboardAfterMs = 120;
const all = () => true;
const isFile = ({ kind }: ContextChip) => kind === 'file';

/** What was found when Beckon was called, and what of it goes along with the next question. */
export class Context {
  readonly #options: ContextOptions;
  readonly #shelf = new ChipShelf();
  /** Texts that stand in no window, by the ids of their chips: the cli asks with them, once. */
  readonly #unseen = new Map<string, Attachment>();
  #taken: readonly string[] = [];
  #captures = 0;
  #lastTaken: string | null = null;
  /** The chip of the clipboard that the current capture has found already. */
  #clipboardChip: string | null = null;
  #whyNothing: AppErrorShape | null = null;
  #offersCopy: ActiveWindow | null = null;

  constructor(options: ContextOptions) {
    this.#options = options;
  }

  get state(): StateSource<ContextState> {
    return this.#shelf.state;
  }

  /** Why the last capture found no selected text; null when it found some, or none was made. */
  get whyNothing(): AppErrorShape | null {
    return this.#whyNothing;
  }

  /** The window of which a copy may tell what is selected, once the person agrees; null where there is none. */
  get offersCopy(): ActiveWindow | null {
    return this.#offersCopy;
  }

  /** Files that stand as chips. */
  get fileCount(): number {
    return this.#shelf.chips.filter(isFile).length;
  }

  has(chipId: string): boolean {
    return this.#shelf.find(chipId) !== undefined;
  }

  /** Takes everything anew; what an earlier capture had is gone, files stay. A later call makes this one's result void. */
  async capture(once: string | null = null): Promise<void> {
    await Promise.all(this.#begin(once));
  }

  /** Captures like `capture`, and answers once the selection is known, since what is done with that needs no clipboard. */
  async captureSelected(): Promise<void> {
    const [selection, clipboard] = this.#begin(null);
    clipboard.catch(() => {});
    await selection;
  }

  #begin(once: string | null): readonly [selection: Promise<void>, clipboard: Promise<void>] {
    this.#captures += 1;
    this.#clipboardChip = null;
    const number = this.#captures;
    // Most take a few milliseconds, in which the page paints its first picture: it is told once, of what was found.
    const slow = setTimeout(() => this.#shelf.put(isFile, [], { capturing: true }), slowAfterMs);
    const selection = this.#captureSelection(number, once).finally(() => clearTimeout(slow));
    const soon = Promise.race([selection, sleep(clipboardAfterMs, undefined, { ref: false })]);
    return [selection, soon.then(() => this.#lookAtClipboard(number))];
  }

  /** Puts away what was captured, and of the files those that the last question took along. */
  clear(): void {
    this.#captures += 1;
    this.#shelf.put((chip) => isFile(chip) && !this.#taken.includes(chip.id), [], { capturing: false });
  }

  /** Puts a sample there as if it were selected, unless something is. */
  showSample(language: 'en' | 'zh-CN'): void {
    if (this.#shelf.chips.some(({ kind, status }) => kind === 'selection' && status === 'ready')) return;
    this.#shelf.put(all, [foundSample(language, this.#options.now())]);
  }

  /** Puts a file's chip beside the others, or in place of its earlier form; it stays until it is asked with or removed. */
  keep(chip: ContextChip, attachment: Attachment | null): void {
    const known = this.#shelf.find(chip.id);
    if (known === undefined) this.#shelf.put(all, [{ chip, attachment }]);
    else this.#shelf.replace(chip.id, { ...chip, on: chip.on && known.on }, attachment);
    const on = this.#shelf.chips.filter((other) => other.on);
    if (attachment !== null && on.length === 1 && on[0]?.id === chip.id) this.#options.onText(attachment.text);
  }

  /** Keeps a text for one question of another process; of those that never ask, the last few are kept. */
  keepUnseen(chipId: string, attachment: Attachment): void {
    this.#unseen.set(chipId, attachment);
    for (const old of [...this.#unseen.keys()].slice(0, -fileChipLimit)) this.#unseen.delete(old);
  }

  remove(chipId: string): void {
    this.#shelf.put(({ id }) => id !== chipId, []);
  }

  /** Takes a chip along or leaves it out. What is only offered is read now; answers when that is done. */
  async turn(chipId: string, on: boolean): Promise<void> {
    const chip = this.#shelf.find(chipId);
    if (chip?.status === 'offered' && on) await this.#readClipboard(chipId);
    else if (chip?.status === 'ready' || chip?.status === 'reading') this.#shelf.replace(chipId, { on });
  }

  /** The texts of the given chips, in the order given; unknown ones are left out. */
  take(chipIds: readonly string[]): readonly Attachment[] {
    this.#taken = chipIds;
    const texts = chipIds.flatMap((id) => this.#shelf.textOf(id) ?? this.#unseen.get(id) ?? []);
    for (const id of chipIds) this.#unseen.delete(id);
    const selection = texts.find(({ kind }) => kind === 'selection');
    if (selection !== undefined) this.#lastTaken = selection.text;
    return texts;
  }

  /** The texts of the given chips, which stay what they are: for a question that is not asked yet. */
  textsOf(chipIds: readonly string[]): readonly Attachment[] {
    return chipIds.flatMap((id) => this.#shelf.textOf(id) ?? this.#unseen.get(id) ?? []);
  }

  async #captureSelection(number: number, once: string | null): Promise<void> {
    const { capture, now, labelOf = ({ application }) => application } = this.#options;
    const answer = await capture(once);
    if (number !== this.#captures) return;
    this.#whyNothing = answer.status === 'failed' ? answer.cause : null;
    this.#offersCopy = answer.status === 'failed' && answer.offersCopy === true ? answer.window : null;
    const stays = (chip: ContextChip) => isFile(chip) || chip.id === this.#clipboardChip;
    const found = foundByCapture(answer, { lastTaken: this.#lastTaken, now: now(), labelOf });
    this.#shelf.put(stays, found, { capturing: false });
    if (answer.status !== 'captured' || !answer.selection.fresh) return;
    // A text that was asked about already has been read, and reading it again would forget the chat about it.
    if (answer.selection.text !== this.#lastTaken) this.#options.onText(answer.selection.text);
  }

  async #lookAtClipboard(number: number): Promise<void> {
    if (number !== this.#captures) return;
    const answer = await this.#options.describeClipboard();
    if (number !== this.#captures || answer.status !== 'available') return;
    const found = foundClipboard(answer.value, this.#options.now());
    this.#clipboardChip = found.chip.id;
    this.#shelf.put(all, [found]);
  }

  /** The clipboard is read when the person turns it on, never before. */
  async #readClipboard(chipId: string): Promise<void> {
    const answer = await this.#options.readClipboard();
    if (answer.status === 'available') {
      const read = { status: 'ready', on: true, ...measure(answer.value) } as const;
      this.#shelf.replace(chipId, read, textOnly('clipboard', answer.value));
      return;
    }
    const cause = answer.cause ?? { code: 'capture/clipboard-empty', message: 'nobody owns the clipboard' };
    this.#shelf.replace(chipId, { status: 'failed', cause });
  }
}
