import type { RunForm } from '../../contract/atom-forms.ts';
import type { RunPart, RunPhase } from '../../contract/run.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { GatheredParts } from './gathered-parts.ts';
import type { GrowingText } from './growing-text.ts';

export interface AnswerIds {
  readonly conversationId: string;
  readonly questionId: string;
  readonly answerId: string;
}

export type Finish = Extract<RunPart, { readonly type: 'run-finished' }>;

/** The windows that an answer is shown in, and how it stands for them. Each comes and leaves as it likes, which stops nothing. */
export class Audience {
  readonly #ids: AnswerIds;
  readonly #text: GrowingText;
  readonly #listeners = new Set<(part: RunPart) => void>();
  #phase: RunPhase = 'queued';
  #model: LanguageModel | null = null;
  #asks: string | null = null;
  #form: RunForm | null = null;
  #finish: Finish | null = null;

  constructor(ids: AnswerIds, text: GrowingText) {
    this.#ids = ids;
    this.#text = text;
  }

  get hasEnd(): boolean {
    return this.#finish !== null;
  }

  /** It is known who answers. */
  setModel(model: LanguageModel): void {
    this.#model = model;
    this.tell(this.#caughtUp());
    this.enter(model.capabilities.warm ? 'loading-model' : 'reading');
  }

  enter(phase: RunPhase, done = 0, total = 0): void {
    this.#phase = phase;
    this.tell({ type: 'phase-changed', phase, done, total });
  }

  /** Tells which later prompt waits for the person's word; null once none does. */
  ask(hash: string | null): void {
    this.#asks = hash;
    this.tell({ type: 'asks-changed', hash });
  }

  /** Tells which form waits to be filled in; null once none does. */
  askForm(form: RunForm | null): void {
    this.#form = form;
    this.tell({ type: 'form-changed', form });
  }

  /** Tells what was written or thought. */
  tellText(part: Extract<RunPart, { readonly type: 'text-delta' | 'thinking-delta' }>): void {
    const phase = part.type === 'text-delta' ? 'writing' : 'thinking';
    if (this.#phase !== phase) this.enter(phase);
    this.tell(part);
  }

  /** All text so far was thought: windows begin anew with what is left. */
  startOver(): void {
    this.#phase = 'thinking';
    this.tell(this.#caughtUp());
  }

  end(finish: Finish): void {
    this.#finish = finish;
    this.tell(finish);
  }

  tell(part: RunPart): void {
    for (const listener of [...this.#listeners]) listener(part);
  }

  /** All so far as one part, then what comes, then the end. */
  async *attach(signal: AbortSignal): AsyncGenerator<RunPart> {
    const parts = new GatheredParts([this.#caughtUp(), ...(this.#finish === null ? [] : [this.#finish])]);
    const listener = (part: RunPart) => parts.push(part);
    this.#listeners.add(listener);
    try {
      for (let part = await parts.next(signal); part !== null; part = await parts.next(signal)) {
        yield part;
        if (part.type === 'run-finished') return;
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  #caughtUp(): RunPart {
    const { name = '', where = 'device', host = null } = this.#model?.identity ?? {};
    return {
      type: 'run-caught-up',
      ...this.#ids,
      phase: this.#phase,
      text: this.#text.text,
      thinking: this.#text.thinking,
      modelName: name,
      where,
      host,
      takesBack: this.#model?.capabilities.takesBack ?? false,
      ...(this.#asks === null ? {} : { asks: this.#asks }),
      ...(this.#form === null ? {} : { form: this.#form }),
    };
  }
}
