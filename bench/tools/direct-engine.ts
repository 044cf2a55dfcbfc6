import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { GenerateInput } from '../../contract/engine.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import { type EngineClient, EngineProcess } from '../../models/engine/engine-process.ts';
import { checkout, nodeExecutable } from '../../tests/support/beckon-app.ts';
import type { ModelFile } from '../areas/benched-model.ts';

/** What one generation gave, with the time each piece of text arrived, in milliseconds. */
export interface Generation {
  readonly arrivals: readonly { readonly at: number; readonly characters: number }[];
  readonly outputTokens: number;
}

/** The engine process as core starts it, with nothing between it and the bench. */
export class DirectEngine {
  readonly #process: EngineProcess;
  readonly client: EngineClient;

  private constructor(process: EngineProcess, client: EngineClient) {
    this.#process = process;
    this.client = client;
  }

  static async start({ row, path }: ModelFile): Promise<DirectEngine> {
    const bundle = join(checkout, 'out', 'node', 'engine.mjs');
    const engine = new EngineProcess({
      node: nodeExecutable,
      entry: existsSync(bundle) ? bundle : join(checkout, 'models', 'engine', 'entry.ts'),
      onDeath: (how) => console.error(`engine died: ${how}`),
      log: (line) => console.error(`engine: ${line}`),
    });
    try {
      const client = await engine.client();
      await client.call('engine.load', {
        path,
        cacheBytesPerToken: row.cacheBytesPerToken,
        contextTokens: null,
        threads: availableParallelism(),
        thinking: row.thinking,
        isKnown: true,
      });
      return new DirectEngine(engine, client);
    } catch (error) {
      engine.dispose();
      throw error;
    }
  }

  get pid(): number {
    return this.#process.processId ?? 0;
  }

  async generate(input: GenerateInput): Promise<Generation> {
    const arrivals: { at: number; characters: number }[] = [];
    let outputTokens = 0;
    for await (const part of this.client.open('engine.generate', input)) {
      if (part.type === 'text-delta') arrivals.push({ at: performance.now(), characters: part.text.length });
      if (part.type === 'finish') outputTokens = part.usage.outputTokens ?? 0;
      if (part.type === 'failure') throw fromErrorShape(part.error);
    }
    return { arrivals, outputTokens };
  }

  dispose(): void {
    this.#process.dispose();
  }
}

/**
 * Tokens a second between the first and the last piece of text. Pieces hold more than one token at times, so the tokens
 * after the first piece are counted by their share of all characters.
 */
export function tokensPerSecond({ arrivals, outputTokens }: Generation): number {
  const first = arrivals[0];
  const last = arrivals.at(-1);
  if (first === undefined || last === undefined || last.at <= first.at) return Number.NaN;
  const characters = arrivals.reduce((sum, arrival) => sum + arrival.characters, 0);
  const tokens = (outputTokens * (characters - first.characters)) / characters;
  return (1000 * tokens) / (last.at - first.at);
}
