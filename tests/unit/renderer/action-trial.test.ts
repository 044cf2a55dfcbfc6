import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrialPart } from '../../../contract/atom-edit.ts';
import { Trial, type TrialInput } from '../../../renderer/window/actions/trial.ts';
import type { Outputs } from '../../../renderer/window/actions/trial-state.ts';

interface Asked {
  readonly from: number;
  readonly asksModel: boolean;
  readonly given: unknown;
}

const steps = [
  { key: 'ask', json: '{"do":"prompt"}' },
  { key: 'case', json: '{"do":"case"}' },
];

/** Core with a chain of two steps: the first asks a model, the second needs none. */
class Core {
  readonly asked: Asked[] = [];
  /** Keeps a model from answering until it is let go. */
  answers: Promise<void> = Promise.resolve();
  closed = 0;

  readonly client = {
    open: (_: string, input: Asked) => {
      this.asked.push({ from: input.from, asksModel: input.asksModel, given: input.given });
      const parts = this.#parts(input);
      return Object.assign(parts, {
        close: () => {
          this.closed += 1;
        },
      });
    },
  } as unknown as ConstructorParameters<typeof Trial>[0]['client'];

  async *#parts({ from, asksModel }: Asked): AsyncGenerator<TrialPart> {
    if (from === 0 && !asksModel) return yield { type: 'model-wanted', step: 0 };
    if (from === 0) {
      yield { type: 'step-begun', step: 0 };
      await this.answers;
      yield made(0, 'answer', 'Model');
    }
    yield made(1, 'ANSWER', null);
  }
}

function made(step: number, text: string, modelName: string | null): TrialPart {
  const value = { type: 'text', text } as const;
  return { type: 'step-made', step, value, isWhole: true, size: text.length, ms: 1, modelName, host: null };
}

describe('the steps on the sample', () => {
  let core: Core;
  let input: TrialInput;
  let outputs: Outputs;
  let running: boolean;
  let trial: Trial;

  const statuses = () => [...outputs].map(([key, { status }]) => `${key} ${status}`);

  beforeEach(() => {
    vi.useFakeTimers();
    core = new Core();
    input = { text: '{}', steps, sample: 'some text', modelId: null, pins: new Map() };
    outputs = new Map();
    running = false;
    trial = new Trial({
      client: core.client,
      input: () => input,
      show: (next) => {
        outputs = next;
      },
      tell: (isRunning) => {
        running = isRunning;
      },
      pictures: () => ({ drawSoon: () => {}, dispose: () => {} }),
    });
  });

  afterEach(() => void vi.useRealTimers());

  it('are done a moment after a change, and wait where a model is asked', async () => {
    trial.runSoon();
    expect(core.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.asked.map(({ asksModel }) => asksModel)).toEqual([false]);
    expect(statuses()).toEqual(['ask waiting']);
  });

  // Pressed right after a change, the run was ended by the trial of that change.
  it('are not stopped by a change from before Run was pressed', async () => {
    let letGo = () => {};
    core.answers = new Promise((resolve) => {
      letGo = resolve;
    });
    trial.runSoon();
    const run = trial.run(null, true);
    await vi.advanceTimersByTimeAsync(1000);
    expect({ running, closed: core.closed }).toEqual({ running: true, closed: 0 });
    letGo();
    await run;
    expect(statuses()).toEqual(['ask made', 'case made']);
    expect(running).toBe(false);
  });

  it('keep what a model answered as long as the step and what came to it are the same', async () => {
    await trial.run(null, true);
    trial.runSoon();
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.asked.map(({ from, asksModel }) => [from, asksModel])).toEqual([
      [0, true],
      [0, false],
      [1, false],
    ]);
    expect(statuses()).toEqual(['ask made', 'case made']);
    input = { ...input, sample: 'another text' };
    trial.runSoon();
    await vi.advanceTimersByTimeAsync(1000);
    expect(statuses()).toEqual(['ask waiting']);
  });

  it('begin behind an output that is kept, with that', async () => {
    const value = { type: 'text', text: 'mine' } as const;
    input = { ...input, pins: new Map([['ask', value]]) };
    await trial.run(null, false);
    expect(core.asked).toEqual([{ from: 1, asksModel: false, given: value }]);
    expect(outputs.get('ask')).toMatchObject({ status: 'made', value });
    await trial.run(0, true);
    expect(core.asked.at(-1)).toEqual({ from: 1, asksModel: true, given: value });
  });

  it('look no more as if they went on when core is gone', async () => {
    core.answers = Promise.reject(new Error('core is gone'));
    await trial.run(null, true);
    expect({ running, outputs: statuses() }).toEqual({ running: false, outputs: [] });
  });

  it('are let go by Stop, with nothing left that looks as if it went on', async () => {
    core.answers = new Promise(() => {});
    void trial.run(null, true);
    await vi.advanceTimersByTimeAsync(10);
    trial.stop();
    expect({ running, closed: core.closed, outputs: statuses() }).toEqual({ running: false, closed: 1, outputs: [] });
  });

  it('are nothing without a sample', async () => {
    input = { ...input, sample: '' };
    await trial.run(null, true);
    expect(core.asked).toEqual([]);
    expect(statuses()).toEqual([]);
  });
});
