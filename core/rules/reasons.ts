import type { Reason } from '../../contract/reason.ts';

/** Answers whose reason is kept; more are never being made at a time. */
const mostKept = 200;

/** Why each answer that is being made is asked of its model, for the receipts of its calls. */
export class Reasons {
  readonly #reasons = new Map<string, Reason['type']>();

  note(answerId: string, { type }: Reason): void {
    this.#reasons.delete(answerId);
    this.#reasons.set(answerId, type);
    for (const old of [...this.#reasons.keys()].slice(0, -mostKept)) this.#reasons.delete(old);
  }

  /** Null for what nobody chose a model for, such as a trial. */
  of(answerId: string | null): Reason['type'] | null {
    return (answerId === null ? null : this.#reasons.get(answerId)) ?? null;
  }
}
