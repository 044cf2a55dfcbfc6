import { randomUUID } from 'node:crypto';
import { type ContextChip, type ContextState, previewCharacters } from '../../contract/context.ts';
import type { CaptureAnswer, CapturedSelection } from '../../contract/desktop.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { Attachment } from '../attachment.ts';
import { countWords } from '../words.ts';

export interface ContextOptions {
  readonly capture: () => Promise<CaptureAnswer>;
  readonly now: () => number;
  /** Told of a text that would go along. */
  readonly onText: (text: string) => void;
}

/** What was captured when Beckon was called, and what of it goes along with the next question. */
export class Context {
  readonly state = new StateSource<ContextState>({ capturing: false, chips: [] });
  readonly #options: ContextOptions;
  readonly #selections = new Map<string, CapturedSelection>();
  #captures = 0;
  #lastTaken: string | null = null;

  constructor(options: ContextOptions) {
    this.#options = options;
  }

  /** Takes the selection anew; what an earlier capture had is gone. A later call makes this one's result void. */
  async capture(): Promise<void> {
    this.#captures += 1;
    const number = this.#captures;
    this.#selections.clear();
    this.state.update({ capturing: true, chips: [] });
    const answer = await this.#options.capture();
    if (number !== this.#captures) return;
    this.state.update({ capturing: false, chips: this.#chipsOf(answer) });
    if (answer.status !== 'captured' || !answer.selection.fresh) return;
    // A text that was asked about already has been read, and reading it again would forget the chat about it.
    if (answer.selection.text !== this.#lastTaken) this.#options.onText(answer.selection.text);
  }

  /** Puts everything away, as after a question that took it along. */
  clear(): void {
    this.#captures += 1;
    this.#selections.clear();
    this.state.update({ capturing: false, chips: [] });
  }

  turn(chipId: string, on: boolean): void {
    const chips = this.state.value.chips.map((chip) =>
      chip.id === chipId && chip.status === 'ready' ? { ...chip, on } : chip,
    );
    this.state.update({ chips });
  }

  /** The texts of the given chips, in the order given; unknown ones are left out. */
  take(chipIds: readonly string[]): readonly Attachment[] {
    return chipIds.flatMap((id) => {
      const selection = this.#selections.get(id);
      if (selection === undefined) return [];
      const { text, window, targetId } = selection;
      this.#lastTaken = text;
      const where = { application: window?.application ?? null, title: window?.title ?? null };
      return [
        {
          kind: 'selection' as const,
          text,
          ...where,
          targetId,
          editable: selection.editable !== 'no',
          needsFocus: selection.editable === 'by-paste',
        },
      ];
    });
  }

  #chipsOf(answer: CaptureAnswer): readonly ContextChip[] {
    const id = `s-${randomUUID()}`;
    if (answer.status === 'failed') {
      // Nothing selected is the usual case, not a trouble to be told of.
      if (answer.cause.code === 'capture/nothing-selected') return [];
      const { window, cause } = answer;
      const nothing = {
        on: false,
        words: 0,
        characters: 0,
        preview: '',
        editable: false,
        fresh: true,
        repeated: false,
      };
      const where = { application: window?.application ?? null, title: window?.title ?? null };
      return [
        { id, kind: 'selection', status: 'failed', ...nothing, ...where, capturedAt: this.#options.now(), cause },
      ];
    }
    const { selection } = answer;
    this.#selections.set(id, selection);
    return [
      {
        id,
        kind: 'selection',
        // An old selection of another window is offered, never taken along silently.
        on: selection.fresh,
        status: 'ready',
        application: selection.window?.application ?? null,
        title: selection.window?.title ?? null,
        words: countWords(selection.text),
        characters: selection.text.length,
        preview: selection.text.slice(0, previewCharacters).toWellFormed(),
        editable: selection.editable !== 'no',
        fresh: selection.fresh,
        repeated: selection.text === this.#lastTaken,
        capturedAt: this.#options.now(),
        cause: null,
      },
    ];
  }
}
