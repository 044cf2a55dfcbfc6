import type { ShownValue, TrialPart } from '../../../contract/atom-edit.ts';
import type { Disposable } from '../../../contract/disposable.ts';
import type { RendererContract } from '../../../contract/renderer.ts';
import type { WireClient } from '../../../wire/client.ts';
import type { KeyedStep } from './step-keys.ts';
import { type Made, type Outputs, takePart, valueBefore } from './trial-state.ts';

export interface TrialInput {
  /** The text of the file, and its steps. */
  readonly text: string;
  readonly steps: readonly KeyedStep[];
  readonly sample: string;
  /** Null: the one that is chosen. */
  readonly modelId: string | null;
  /** Kept outputs by the keys of their steps: what comes before them is not done again. */
  readonly pins: ReadonlyMap<string, ShownValue>;
}

export interface TrialDeps {
  readonly client: Pick<WireClient<RendererContract>, 'open'>;
  readonly input: () => TrialInput;
  readonly show: (outputs: Outputs) => void;
  /** A trial that asks models is going on, or none is. */
  readonly tell: (isRunning: boolean) => void;
  /** Draws what changes often now and then. */
  readonly pictures: (draw: () => void) => Disposable & { readonly drawSoon: () => void };
}

const restMs = 200;
const mostRemembered = 30;

/** One trial at a time; a new one ends the one before. */
export class Trial {
  readonly #deps: TrialDeps;
  /** What models answered: by the step, what came to it, and the model. */
  readonly #remembered = new Map<string, Made>();
  #outputs: Outputs = new Map();
  #stop: (() => void) | null = null;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: TrialDeps) {
    this.#deps = deps;
  }

  /** Does what needs no model, once nothing has changed for a moment; what is asked for meanwhile takes its place. */
  runSoon(): void {
    this.stop();
    this.#soon = setTimeout(() => void this.run(null, false), restMs);
  }

  stop(): void {
    clearTimeout(this.#soon);
    this.#stop?.();
    this.#stop = null;
    this.#deps.tell(false);
    this.#dropUnfinished();
  }

  /** Nothing is left that looks as if it went on. */
  #dropUnfinished(): void {
    const left = [...this.#outputs].filter(([, { status }]) => status !== 'working');
    if (left.length < this.#outputs.size) this.#set(new Map(left));
  }

  /** It begins behind the last pin, and not before `from`. */
  async run(from: number | null, asksModel: boolean): Promise<void> {
    this.stop();
    const input = this.#deps.input();
    const keys = input.steps.map(({ key }) => key);
    if (input.sample === '' || keys.length === 0) return this.#set(new Map());
    const start = Math.max(from ?? 0, this.#putPins(input, keys));
    let isStopped = false;
    let close = () => {};
    this.#stop = () => {
      isStopped = true;
      close();
    };
    this.#deps.tell(asksModel);
    const pictures = this.#deps.pictures(() => this.#deps.show(this.#outputs));
    try {
      for (let next: number | null = start; next !== null && !isStopped; ) {
        const given = valueBefore(this.#outputs, keys, next, input.sample);
        const { text, sample, modelId } = input;
        if (given === null || next >= keys.length) return;
        const stream = this.#deps.client.open('atom.try', { text, sample, from: next, given, asksModel, modelId });
        close = () => stream.close();
        next = await this.#follow(stream, input, keys, () => pictures.drawSoon());
      }
    } catch {
      // Core was restarted, or the text is too long: what is made stays.
      this.#dropUnfinished();
    } finally {
      pictures.dispose();
      if (!isStopped) {
        this.#stop = null;
        this.#deps.tell(false);
        this.#deps.show(this.#outputs);
      }
    }
  }

  /** Where to go on: behind a step whose answer is remembered. */
  async #follow(
    stream: AsyncIterable<TrialPart>,
    input: TrialInput,
    keys: readonly string[],
    draw: () => void,
  ): Promise<number | null> {
    for await (const part of stream) {
      const name = this.#nameOf(part.step, input, keys);
      const known = part.type === 'model-wanted' ? this.#remembered.get(name) : undefined;
      if (known !== undefined) {
        this.#outputs = new Map(this.#outputs).set(keys[part.step] ?? '', known);
        return part.step + 1;
      }
      this.#outputs = takePart(this.#outputs, part, keys);
      if (part.type === 'step-made' && part.modelName !== null) this.#remember(name, keys[part.step] ?? '');
      draw();
    }
    return null;
  }

  #remember(name: string, key: string): void {
    const made = this.#outputs.get(key);
    if (made?.status === 'made' && made.isWhole) this.#remembered.set(name, made);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
  }

  #nameOf(step: number, { steps, sample, modelId }: TrialInput, keys: readonly string[]): string {
    return JSON.stringify([steps[step]?.json, valueBefore(this.#outputs, keys, step, sample), modelId]);
  }

  /** Shows what is pinned; answers the first step behind the last pin. */
  #putPins({ pins }: TrialInput, keys: readonly string[]): number {
    const last = keys.findLastIndex((key) => pins.has(key));
    const known = new Map([...this.#outputs].filter(([key]) => keys.includes(key)));
    for (const [key, value] of pins)
      if (keys.includes(key))
        known.set(key, { status: 'made', value, ...whole(value), ms: 0, modelName: null, host: null });
    this.#outputs = known;
    return last + 1;
  }

  #set(outputs: Outputs): void {
    this.#outputs = outputs;
    this.#deps.show(outputs);
  }
}

function whole(value: ShownValue): { readonly isWhole: true; readonly size: number } {
  const size =
    value.type === 'text' ? value.text.length : value.type === 'list' ? value.items.length : value.rows.length;
  return { isWhole: true, size };
}
