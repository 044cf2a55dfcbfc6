import type { ContextChip, ContextState } from '../../contract/context.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { Attachment } from '../attachment.ts';
import type { Found } from './found.ts';

/** The order in which chips stand, whichever is known first. */
const places = { selection: 0, file: 1, clipboard: 2, window: 3 } as const;

/** The chips that stand under the input, each with its text, which leaves with it. */
export class ChipShelf {
  readonly state = new StateSource<ContextState>({ capturing: false, chips: [] });
  readonly #texts = new Map<string, Attachment>();

  get chips(): readonly ContextChip[] {
    return this.state.value.chips;
  }

  find(chipId: string): ContextChip | undefined {
    return this.chips.find(({ id }) => id === chipId);
  }

  textOf(chipId: string): Attachment | undefined {
    return this.#texts.get(chipId);
  }

  /** Lets go of every chip that is not to stay, and adds others, in one change. */
  put(stays: (chip: ContextChip) => boolean, added: readonly Found[], patch: Partial<ContextState> = {}): void {
    for (const { chip, attachment } of added) if (attachment !== null) this.#texts.set(chip.id, attachment);
    const all = [...this.chips.filter(stays), ...added.map(({ chip }) => chip)];
    const chips = all.sort((one, other) => places[one.kind] - places[other.kind]);
    for (const id of [...this.#texts.keys()]) if (!chips.some((chip) => chip.id === id)) this.#texts.delete(id);
    this.state.update({ ...patch, chips });
  }

  /** Changes a chip, and its text where there is another one; one that is gone stays gone. */
  replace(chipId: string, change: Partial<ContextChip>, attachment: Attachment | null = null): void {
    if (this.find(chipId) === undefined) return;
    if (attachment !== null) this.#texts.set(chipId, attachment);
    const chips = this.chips.map((chip) => (chip.id === chipId ? { ...chip, ...change } : chip));
    this.state.update({ chips });
  }
}
