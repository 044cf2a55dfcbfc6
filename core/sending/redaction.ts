import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import type { Destination } from './destination.ts';

/** Hides parts of a prompt from who will see it, and puts them back into what comes. An AppError keeps it from leaving at all. */
export type Redact = (input: GenerateInput, to: Destination, messageId: string | null) => Redacted;

/** A pseudonym at [start, end) of a text that leaves. */
export interface PlaceHidden {
  readonly start: number;
  readonly end: number;
  readonly pseudonym: string;
  readonly secret: string;
}

export interface Redacted {
  /** The prompt as it leaves. */
  readonly input: GenerateInput;
  /** How many places of it were hidden. */
  readonly hidden: number;
  /** Where something is hidden in a text of that prompt, with what it was; none where left out. */
  readonly places?: (text: string) => readonly PlaceHidden[];
  /** The parts of the answer with what was hidden in its place again; a part may be held back until the next is there. */
  readonly restore: (parts: AsyncIterable<ModelPart>) => AsyncIterable<ModelPart>;
}

/** Lets every prompt through as it is. */
export const redactNothing: Redact = (input) => ({ input, hidden: 0, restore: (parts) => parts });
