import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContextChip, type ContextState, previewCharacters } from '../../contract/context.ts';
import type { ActiveWindow, CaptureAnswer, ClipboardDescription, PortAnswer } from '../../contract/desktop.ts';
import { fileChipLimit } from '../../contract/document.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { Attachment } from '../attachment.ts';

export interface ContextOptions {
  readonly capture: () => Promise<CaptureAnswer>;
  readonly describeClipboard: () => Promise<PortAnswer<ClipboardDescription>>;
  readonly readClipboard: () => Promise<PortAnswer<string>>;
  readonly now: () => number;
  /** Told of a text that would go along. */
  readonly onText: (text: string) => void;
}

/** What was found when Beckon was called, and what of it goes along with the next question. */
export class Context {
  readonly state = new StateSource<ContextState>({ capturing: false, chips: [] });
  readonly #options: ContextOptions;
  readonly #texts = new Map<string, Attachment>();
  /** Texts that stand in no window, by the ids of their chips: the cli asks with them, once. */
  readonly #unseen = new Map<string, Attachment>();
  #taken: readonly string[] = [];
  #captures = 0;
  #lastTaken: string | null = null;
  /** The chip of the clipboard that the current capture has found already. */
  #clipboardChip: string | null = null;
  #whyNothing: AppErrorShape | null = null;

  constructor(options: ContextOptions) {
    this.#options = options;
  }

  /** Takes everything anew; what an earlier capture had is gone, files stay. A later call makes this one's result void. */
  async capture(): Promise<void> {
    this.#captures += 1;
    this.#clipboardChip = null;
    const number = this.#captures;
    // Most take a few milliseconds, in which the page paints its first picture: it is told once, of what was found.
    const slow = setTimeout(() => this.#put(isFile, [], { capturing: true }), slowAfterMs);
    const selection = this.#captureSelection(number).finally(() => clearTimeout(slow));
    await Promise.race([selection, sleep(clipboardAfterMs, undefined, { ref: false })]);
    await Promise.all([selection, this.#lookAtClipboard(number)]);
  }

  /** Puts away what was captured, and of the files those that the last question took along. */
  clear(): void {
    this.#captures += 1;
    this.#put(({ kind, id }) => kind === 'file' && !this.#taken.includes(id), [], { capturing: false });
  }

  /** Puts a file's chip beside the others, or in place of its earlier form; it stays until it is asked with or removed. */
  keep(chip: ContextChip, attachment: Attachment | null): void {
    const known = this.state.value.chips.find(({ id }) => id === chip.id);
    if (attachment !== null) this.#texts.set(chip.id, attachment);
    if (known === undefined) this.#put(all, [chip]);
    else this.#replace(chip.id, { ...chip, on: chip.on && known.on });
    const on = this.state.value.chips.filter((other) => other.on);
    if (attachment !== null && on.length === 1 && on[0]?.id === chip.id) this.#options.onText(attachment.text);
  }

  /** Keeps a text for one question of another process; of those that never ask, the last few are kept. */
  keepUnseen(chipId: string, attachment: Attachment): void {
    this.#unseen.set(chipId, attachment);
    for (const old of [...this.#unseen.keys()].slice(0, -fileChipLimit)) this.#unseen.delete(old);
  }

  remove(chipId: string): void {
    this.#put(({ id }) => id !== chipId, []);
  }

  /** Why the last capture found no selected text; null when it found some, or none was made. */
  get whyNothing(): AppErrorShape | null {
    return this.#whyNothing;
  }

  /** Files that stand as chips. */
  get fileCount(): number {
    return this.state.value.chips.filter(({ kind }) => kind === 'file').length;
  }

  /** Takes a chip along or leaves it out. What is only offered is read now; answers when that is done. */
  async turn(chipId: string, on: boolean): Promise<void> {
    const chip = this.state.value.chips.find(({ id }) => id === chipId);
    if (chip?.status === 'offered' && on) await this.#readClipboard(chip);
    else if (chip?.status === 'ready' || chip?.status === 'reading') this.#replace(chipId, { on });
  }

  /** The texts of the given chips, in the order given; unknown ones are left out. */
  take(chipIds: readonly string[]): readonly Attachment[] {
    this.#taken = chipIds;
    const texts = chipIds.flatMap((id) => this.#texts.get(id) ?? this.#unseen.get(id) ?? []);
    for (const id of chipIds) this.#unseen.delete(id);
    const selection = texts.find(({ kind }) => kind === 'selection');
    if (selection !== undefined) this.#lastTaken = selection.text;
    return texts;
  }

  async #captureSelection(number: number): Promise<void> {
    const answer = await this.#options.capture();
    if (number !== this.#captures) return;
    this.#whyNothing = answer.status === 'failed' ? answer.cause : null;
    const stays = (chip: ContextChip) => isFile(chip) || chip.id === this.#clipboardChip;
    this.#put(stays, this.#selectionChips(answer), { capturing: false });
    if (answer.status !== 'captured' || !answer.selection.fresh) return;
    // A text that was asked about already has been read, and reading it again would forget the chat about it.
    if (answer.selection.text !== this.#lastTaken) this.#options.onText(answer.selection.text);
  }

  async #lookAtClipboard(number: number): Promise<void> {
    const answer = await this.#options.describeClipboard();
    if (number !== this.#captures || answer.status !== 'available') return;
    const { content, ageMs } = answer.value;
    const readable = content === 'text' || content === 'rich-text';
    const copiedAt = ageMs === null ? null : this.#options.now() - ageMs;
    const chip = this.#chip('clipboard', { content, status: readable ? 'offered' : 'refused', capturedAt: copiedAt });
    this.#clipboardChip = chip.id;
    this.#put(all, [chip]);
  }

  /** The clipboard is read when the person turns it on, never before. */
  async #readClipboard(chip: ContextChip): Promise<void> {
    const answer = await this.#options.readClipboard();
    if (answer.status === 'available') {
      this.#texts.set(chip.id, textOnly('clipboard', answer.value));
      this.#replace(chip.id, { status: 'ready', on: true, ...measure(answer.value) });
      return;
    }
    const cause = answer.cause ?? { code: 'capture/clipboard-empty', message: 'nobody owns the clipboard' };
    this.#replace(chip.id, { status: 'failed', cause });
  }

  #selectionChips(answer: CaptureAnswer): readonly ContextChip[] {
    const window = answer.status === 'captured' ? answer.selection.window : answer.window;
    const windowChips = this.#windowChips(window);
    if (answer.status === 'failed') {
      // Nothing selected is the usual case, not a trouble to be told of before an action asks for text.
      if (usualCauses.includes(answer.cause.code)) return windowChips;
      return [this.#chip('selection', { status: 'failed', ...whereOf(window), cause: answer.cause }), ...windowChips];
    }
    const { text, targetId, editable, needsFocus, fresh, elsewhere, takesRichText } = answer.selection;
    // An older selection may be of any window, but of the one in front it is not.
    const from = whereOf(fresh ? window : null);
    const chip = this.#chip('selection', {
      // An old selection of another window is offered, never taken along silently.
      on: fresh,
      ...from,
      ...measure(text),
      editable: editable !== 'no',
      fresh,
      ...(elsewhere === undefined ? {} : { elsewhere }),
      repeated: text === this.#lastTaken,
    });
    this.#texts.set(chip.id, {
      ...textOnly('selection', text),
      ...from,
      targetId,
      editable: editable !== 'no',
      takesRichText,
      needsFocus,
    });
    return [chip, ...windowChips];
  }

  /** The name of the window one comes from, for questions such as "what is this program?". */
  #windowChips(window: ActiveWindow | null): readonly ContextChip[] {
    if (window === null || (window.title ?? window.application) === null) return [];
    const { application, title } = whereOf(window);
    const text = [`Application: ${application ?? ''}`, `Window title: ${title ?? ''}`].join('\n');
    const chip = this.#chip('window', { application, title, ...measure(text) });
    this.#texts.set(chip.id, { ...textOnly('window', text), application, title });
    return [chip];
  }

  #chip(kind: ContextChip['kind'], known: Partial<ContextChip>): ContextChip {
    const nothing = { words: 0, characters: 0, preview: '', application: null, title: null, cause: noCause };
    const usual = {
      content: 'text',
      status: 'ready',
      on: false,
      editable: false,
      fresh: true,
      repeated: false,
    } as const;
    const id = `${kind[0]}-${randomUUID()}`;
    return { id, kind, ...nothing, ...usual, capturedAt: this.#options.now(), ...known };
  }

  /** Lets go of every chip that is not to stay, and adds others, in one change. */
  #put(
    stays: (chip: ContextChip) => boolean,
    added: readonly ContextChip[],
    patch: Partial<Pick<ContextState, 'capturing'>> = {},
  ): void {
    const kept = this.state.value.chips.filter(stays);
    const chips = [...kept, ...added].sort((one, other) => places[one.kind] - places[other.kind]);
    for (const id of [...this.#texts.keys()]) if (!chips.some((chip) => chip.id === id)) this.#texts.delete(id);
    this.state.update({ ...patch, chips });
  }

  #replace(chipId: string, change: Partial<ContextChip>): void {
    const chips = this.state.value.chips.map((chip) => (chip.id === chipId ? { ...chip, ...change } : chip));
    this.state.update({ chips });
  }
}

/** A capture that takes longer is shown as being under way. */
const slowAfterMs = 30;
/** The clipboard is looked at after the selection, or this long after the call where an application does not answer. */
const clipboardAfterMs = 120;
const all = () => true;
const isFile = ({ kind }: ContextChip) => kind === 'file';

/** The order in which chips stand, whichever is known first. */
const places = { selection: 0, file: 1, clipboard: 2, window: 3 } as const;
const usualCauses: readonly AppErrorShape['code'][] = ['capture/nothing-selected', 'capture/terminal-protected'];
const noCause: AppErrorShape | null = null;

function whereOf(window: ActiveWindow | null): { readonly application: string | null; readonly title: string | null } {
  return { application: window?.application ?? null, title: window?.title ?? null };
}

function measure(text: string): Pick<ContextChip, 'words' | 'characters' | 'preview'> {
  return {
    words: countWords(text),
    characters: text.length,
    preview: text.slice(0, previewCharacters).toWellFormed(),
  };
}

/** A text that came from no place one could write to. */
function textOnly(kind: Attachment['kind'], text: string): Attachment {
  return {
    kind,
    text,
    application: null,
    title: null,
    positions: null,
    targetId: null,
    editable: false,
    needsFocus: false,
  };
}
