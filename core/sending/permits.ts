import type { GenerateInput } from '../../contract/engine.ts';
import type { Destination } from './destination.ts';

/** A prompt that is to leave, as far as the person's word for it is concerned. */
export interface Asked {
  readonly purpose: 'answer' | 'trial';
  readonly to: Destination;
  /** The answer it is for; null for a trial. */
  readonly messageId: string | null;
}

/** Whether the person lets a prompt leave: by their rules, and by what they were shown of it. Each throws an AppError. */
export interface Permits {
  /** Asked before anything else is done with the prompt, and again right before the connection is made. */
  requireMayLeave(asked: Asked): void;
  /**
   * Asked with the prompt as it leaves, with pseudonyms: whether the person agreed to it where they had to. Throws where it is the
   * first one of its answer; false for a later one, which waits until it was shown.
   */
  isShown(asked: Asked, input: GenerateInput): boolean;
}

export const everythingMay: Permits = { requireMayLeave: () => {}, isShown: () => true };
