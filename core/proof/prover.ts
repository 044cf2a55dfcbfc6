import type { AtomFile, Example } from '../../contract/atom.ts';
import { asksModel } from '../../contract/atom-steps.ts';
import { AppError, type AppErrorShape } from '../../contract/errors.ts';
import type { AtomProof, ExampleProof } from '../../contract/sharing.ts';
import { stepsOf } from '../steps/steps-of.ts';
import type { ProofBook } from './proof-book.ts';
import { type MakeResult, prove } from './prove.ts';

/** A model of this machine that examples are run on. */
export interface ProvingModel {
  readonly id: string;
  readonly name: string;
  readonly make: MakeResult;
  /** Resolves once it is loaded: how long that takes says nothing of the examples. */
  readonly load: () => Promise<void>;
}

export interface ProverDeps {
  /** Runs steps that need no model. */
  readonly makePlain: MakeResult;
  /** Throws `model/none`, and `atom/proved-here-only` for a model elsewhere. */
  readonly modelOf: (modelId: string | null) => Promise<ProvingModel>;
  readonly book: ProofBook;
  readonly hashOf: (file: AtomFile) => string;
  readonly now: () => number;
}

export type ProverPart =
  | { readonly type: 'model'; readonly name: string | null; readonly total: number }
  | { readonly type: 'example'; readonly proof: ExampleProof };

const shownInput = 200;
const shownResult = 500;
/** A model that writes on and on is ended, and the example does not hold. */
const exampleMs = 60_000;
const tooSlow: AppErrorShape = { code: 'step/too-slow', message: 'not done in time' };
/** All examples without a model are over by then, or are said not to be. */
const atOnceMs = 3000;

/** Runs the examples of atoms on this machine and keeps what came. Nothing is sent anywhere, and no file is opened for it. */
export class Prover {
  readonly #deps: ProverDeps;

  constructor(deps: ProverDeps) {
    this.#deps = deps;
  }

  /**
   * Examples one after another, then those of the version `here` that the new one has not. What was proved is kept when all
   * were run. Throws `atom/no-examples` and what `modelOf` throws.
   */
  async *run(
    file: AtomFile,
    here: AtomFile | null,
    modelId: string | null,
    signal: AbortSignal,
    onProved: (proof: AtomProof) => void,
  ): AsyncGenerator<ProverPart> {
    const wanted = examplesOf(file, here);
    if (wanted.length === 0) throw new AppError('atom/no-examples', `${file.id} has no examples`);
    const { makePlain, modelOf } = this.#deps;
    const model = stepsOf(file).some(asksModel) ? await modelOf(modelId) : null;
    yield { type: 'model', name: model?.name ?? null, total: wanted.length };
    // Where it cannot be loaded, the first example says why.
    await Promise.race([model?.load().catch(() => {}), untilAborted(signal)]);
    const examples: ExampleProof[] = [];
    for await (const proof of this.#each(file, wanted, model?.make ?? makePlain, signal)) {
      examples.push(proof);
      yield { type: 'example', proof };
    }
    if (signal.aborted) return;
    onProved(this.#keep(file, model, examples));
  }

  /** All at once, for an atom without a model; null where it has no examples. */
  async atOnce(file: AtomFile, here: AtomFile | null): Promise<AtomProof | null> {
    const wanted = examplesOf(file, here);
    if (wanted.length === 0) return null;
    const examples: ExampleProof[] = [];
    const signal = AbortSignal.timeout(atOnceMs);
    for await (const proof of this.#each(file, wanted, this.#deps.makePlain, signal)) examples.push(proof);
    // What could not be run in time is not held.
    for (const [at, { of, example }] of [...wanted.entries()].slice(examples.length))
      examples.push(slow(at, of, example.input));
    return this.#keep(file, null, examples);
  }

  async *#each(
    file: AtomFile,
    wanted: ReturnType<typeof examplesOf>,
    make: MakeResult,
    signal: AbortSignal,
  ): AsyncGenerator<ExampleProof> {
    for (const { of, at, example } of wanted) {
      const limit = AbortSignal.timeout(exampleMs);
      const short = { example: at, of, input: example.input.slice(0, shownInput) };
      const alone = { ...file, examples: [example] } as AtomFile;
      for await (const { wrong, error, result, ms } of prove(alone, make, AbortSignal.any([signal, limit]))) {
        if (signal.aborted) return;
        const ended = limit.aborted ? tooSlow : error;
        const isWrong = limit.aborted ? [] : [...wrong];
        yield { ...short, wrong: isWrong, error: ended, ms, result: result.slice(0, shownResult) };
      }
    }
  }

  #keep(file: AtomFile, model: ProvingModel | null, examples: readonly ExampleProof[]): AtomProof {
    const { book, hashOf, now } = this.#deps;
    const told = model === null ? null : { id: model.id, name: model.name };
    const proof: AtomProof = { model: told, examples, at: now() };
    book.add(hashOf(file), { ...proof, examples: examples.filter(({ of }) => of === 'new') });
    return proof;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

interface Wanted {
  readonly example: Example;
  readonly of: 'new' | 'here';
  readonly at: number;
}

/** An example of the version that is here counts where the new one does not have it. */
function examplesOf(file: AtomFile, here: AtomFile | null): readonly Wanted[] {
  const own = (file.examples ?? []).map((example, at): Wanted => ({ example, of: 'new', at }));
  const said = new Set(own.map(({ example }) => JSON.stringify(example)));
  const kept = (here?.examples ?? []).map((example, at): Wanted => ({ example, of: 'here', at }));
  return [...own, ...kept.filter(({ example }) => !said.has(JSON.stringify(example)))];
}

function slow(at: number, of: Wanted['of'], input: string): ExampleProof {
  return { example: at, of, input: input.slice(0, shownInput), wrong: [], error: tooSlow, result: '', ms: 0 };
}
