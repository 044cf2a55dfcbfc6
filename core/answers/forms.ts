import { randomUUID } from 'node:crypto';
import type { FormAnswers, FormField, RunForm } from '../../contract/atom-forms.ts';
import { AppError } from '../../contract/errors.ts';
import { readAnswers, usualOf } from '../steps/answers.ts';

interface Waiting {
  readonly form: RunForm;
  readonly fill: (answers: FormAnswers) => void;
}

/** Forms that actions ask the person with; each answer has one at most, and nothing of it is begun before it is filled in. */
export class Forms {
  readonly #waiting = new Map<string, Waiting>();
  #onChange: (answerId: string, form: RunForm | null) => void = () => {};

  /** Has somebody told which form of an answer waits; null once none does. */
  onChange(listener: (answerId: string, form: RunForm | null) => void): void {
    this.#onChange = listener;
  }

  /** Resolves with what the person filled in, and null when the answer is stopped. */
  async ask(answerId: string, fields: readonly FormField[], signal: AbortSignal): Promise<FormAnswers | null> {
    if (signal.aborted) return null;
    const said = Promise.withResolvers<FormAnswers | null>();
    const onAbort = () => said.resolve(null);
    signal.addEventListener('abort', onAbort, { once: true });
    const now = new Date();
    const initial = Object.fromEntries(fields.map((field) => [field.name, usualOf(field, now)]));
    const form = { id: `f-${randomUUID()}`, fields: [...fields], initial };
    this.#waiting.set(answerId, { form, fill: said.resolve });
    this.#onChange(answerId, form);
    try {
      return await said.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#waiting.delete(answerId);
      this.#onChange(answerId, null);
    }
  }

  /** Throws `run/not-found` where another form waits or none, and `step/form-…` for what cannot be taken. */
  fill(answerId: string, formId: string, answers: FormAnswers): void {
    const waiting = this.#waiting.get(answerId);
    if (waiting?.form.id !== formId) throw new AppError('run/not-found', 'no such form waits');
    waiting.fill(readAnswers(waiting.form.fields, answers));
  }
}
