import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { LocalModels } from '../../models/engine/local-models.ts';
import { checkout, nodeExecutable } from './beckon-app.ts';
import { EditedGguf } from './edit-gguf.ts';
import type { Damage } from './hostile-models.ts';
import { collect, input } from './language-model-suite.ts';

/** Five messages: so many that no sample of a template has them. */
const chat = ['Hello.', 'Hello, how may I help?', 'What is the sea?', 'Water, and salt.', 'Say hi.'].map(
  (text, at) => ({
    role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
    text,
  }),
);

/** Asks damaged models and a good one by turns, in one engine as core has it. */
export class HostileRounds {
  readonly models = new LocalModels({
    node: nodeExecutable,
    entry: join(checkout, 'models', 'engine', 'entry.ts'),
    idleMinutes: () => 0,
    log: () => {},
  });
  readonly #source: string;
  readonly #folder: string;
  #count = 0;

  constructor(source: string, folder: string) {
    this.#source = source;
    this.#folder = folder;
  }

  /** How an answer of a model with this damage ends: `finish`, or the code of its error; and after how long, in ms. */
  async askDamaged(damage: Damage, signal?: AbortSignal): Promise<{ readonly end: string; readonly ms: number }> {
    return this.#askFile(damage, (path) => this.#ask(path, signal));
  }

  /** Writes a model with this damage for one question. */
  async #askFile<Answer>(damage: Damage, ask: (path: string) => Promise<Answer>): Promise<Answer> {
    this.#count += 1;
    // A file that is loaded stays in memory: each is another one.
    const path = join(this.#folder, `hostile-${this.#count}.gguf`);
    const file = new EditedGguf(this.#source);
    damage(file);
    file.write(path);
    try {
      return await ask(path);
    } finally {
      rmSync(path, { force: true });
    }
  }

  /** How a long answer of a model with this damage ends that is cancelled at its first word. */
  async cancelDamaged(damage: Damage): Promise<string> {
    const stop = new AbortController();
    const { end } = await this.#askFile(damage, (path) => this.#ask(path, stop.signal, 2000, () => stop.abort()));
    return end;
  }

  askGood(): Promise<{ readonly end: string; readonly ms: number }> {
    return this.#ask(this.#source);
  }

  async #ask(path: string, signal?: AbortSignal, maxTokens = 8, onText = () => {}) {
    const model = this.models.model({
      id: path,
      name: path,
      path,
      bytes: 1e8,
      cacheBytesPerToken: null,
      thinking: 'none',
    });
    const begun = performance.now();
    const { last } = await collect(model, input(chat, { maxTokens }), { onText, ...(signal ? { signal } : {}) });
    const end = last?.type === 'failure' ? last.error.code : (last?.type ?? 'nothing');
    return { end, ms: performance.now() - begun };
  }
}
