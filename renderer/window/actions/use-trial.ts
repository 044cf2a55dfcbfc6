import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ShownValue, TrialPart } from '../../../contract/atom-edit.ts';
import type { RendererContract } from '../../../contract/renderer.ts';
import type { WireClient } from '../../../wire/client.ts';
import { useClient } from '../../app/backend.ts';
import { Pictures } from '../../run/pictures.ts';
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

export interface TrialDesk {
  readonly outputs: Outputs;
  /** A step is being done that asks a model, or may be. */
  readonly isRunning: boolean;
  /** Does all steps, or those from one on; asks models. */
  readonly run: (from?: number) => void;
  readonly stop: () => void;
}

const restMs = 200;
const mostRemembered = 30;

/** Does the steps on the sample: those that need no model whenever something changes, all of them when it is asked for. */
export function useTrial(input: TrialInput): TrialDesk {
  const client = useClient();
  const [outputs, setOutputs] = useState<Outputs>(new Map());
  const [isRunning, setRunning] = useState(false);
  const latest = useRef(input);
  latest.current = input;
  const trial = useMemo(() => new Trial(client, () => latest.current, setOutputs, setRunning), [client]);
  useEffect(() => () => trial.stop(), [trial]);
  const changed = JSON.stringify([input.steps.map(({ json }) => json), input.sample, [...input.pins]]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is tried stands for all that it is made from
  useEffect(() => {
    trial.runSoon();
  }, [trial, changed]);
  const run = useCallback((from?: number) => void trial.run(from ?? null, true), [trial]);
  const stop = useCallback(() => trial.stop(), [trial]);
  return { outputs, isRunning, run, stop };
}

/** One trial at a time; a new one ends the one before. */
class Trial {
  readonly #client: WireClient<RendererContract>;
  readonly #input: () => TrialInput;
  readonly #show: (outputs: Outputs) => void;
  readonly #tell: (isRunning: boolean) => void;
  /** What models answered: by the step, what came to it, and the model. */
  readonly #remembered = new Map<string, Made>();
  #outputs: Outputs = new Map();
  #stop: (() => void) | null = null;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(
    client: WireClient<RendererContract>,
    input: () => TrialInput,
    show: (outputs: Outputs) => void,
    tell: (isRunning: boolean) => void,
  ) {
    this.#client = client;
    this.#input = input;
    this.#show = show;
    this.#tell = tell;
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
    this.#tell(false);
    const left = [...this.#outputs].filter(([, { status }]) => status !== 'working');
    if (left.length < this.#outputs.size) this.#set(new Map(left));
  }

  /** `from: null` begins behind the last pin. */
  async run(from: number | null, asksModel: boolean): Promise<void> {
    this.stop();
    const input = this.#input();
    const keys = input.steps.map(({ key }) => key);
    if (input.sample === '' || keys.length === 0) return this.#set(new Map());
    let start = from ?? this.#putPins(input, keys);
    let isStopped = false;
    let close = () => {};
    this.#stop = () => {
      isStopped = true;
      close();
    };
    this.#tell(asksModel);
    const pictures = new Pictures(() => this.#show(this.#outputs));
    try {
      for (let next: number | null = start; next !== null && !isStopped; ) {
        start = next;
        const given = valueBefore(this.#outputs, keys, start, input.sample);
        const { text, sample, modelId } = input;
        if (given === null || start >= keys.length) return;
        const stream = this.#client.open('atom.try', { text, sample, from: start, given, asksModel, modelId });
        close = () => stream.close();
        next = await this.#follow(stream, input, keys, () => pictures.drawSoon());
      }
    } catch {
      // Core was restarted, or the text is too long: what is there stays.
    } finally {
      pictures.dispose();
      if (!isStopped) {
        this.#stop = null;
        this.#tell(false);
        this.#show(this.#outputs);
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
    this.#show(outputs);
  }
}

function whole(value: ShownValue): { readonly isWhole: true; readonly size: number } {
  const size =
    value.type === 'text' ? value.text.length : value.type === 'list' ? value.items.length : value.rows.length;
  return { isWhole: true, size };
}
