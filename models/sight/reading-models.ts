import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError } from '../../contract/errors.ts';
import { readLetters } from './letters.ts';

/** The two models in memory: one marks where text is, one reads a line. */
export interface ReadingModels {
  /** How likely each pixel is of text, 0 to 1, of a view of so many pixels. */
  mark(view: Float32Array, width: number, height: number): Promise<Float32Array>;
  /** How likely each letter is at each step along a view of a line. */
  read(
    view: Float32Array,
    width: number,
    height: number,
  ): Promise<{ readonly likely: Float32Array; readonly steps: number }>;
  readonly letters: readonly string[];
}

/** More do not make a line quicker, and the person's own work needs some. */
const mostThreads = 4;

/** Throws `picture/model-damaged`. */
export async function loadReadingModels(detector: Buffer, recogniser: Buffer): Promise<ReadingModels> {
  const letters = readLetters(recogniser);
  const [marking, reading] = await Promise.all([open(detector), open(recogniser)]);
  return {
    letters,
    mark: async (view, width, height) => {
      const { values } = await run(marking, view, width, height);
      if (values.length !== width * height) throw damaged(`${values.length} marks for ${width} by ${height}`);
      return values;
    },
    read: async (view, width, height) => {
      const { values, shape } = await run(reading, view, width, height);
      const [, steps = 0, classes = 0] = shape;
      if (values.length !== steps * classes) throw damaged(`${values.length} values for ${steps} steps`);
      if (classes !== letters.length) throw damaged(`${classes} classes for ${letters.length} letters`);
      return { likely: values, steps };
    },
  };
}

async function open(model: Buffer): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, {
      intraOpNumThreads: Math.min(mostThreads, availableParallelism()),
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 4,
      // Threads that wait spin else, at the cost of everything else on the machine.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error));
  }
}

async function run(session: InferenceSession, view: Float32Array, width: number, height: number) {
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]];
  const seen = new Tensor('float32', view, [1, 3, height, width]);
  const answer = (await session.run({ [input]: seen }).catch(unrun))[output];
  if (answer === undefined || !(answer.data instanceof Float32Array)) throw damaged('no answer of numbers');
  return { values: answer.data, shape: answer.dims };
}

/** A model whose steps do not fit each other fails only when it is run; one that wants too much is not damaged for that. */
function unrun(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  if (/alloc|out of memory|more than \d+ bytes|too large/i.test(why))
    throw new AppError('file/too-much-memory', why.slice(0, 300));
  throw damaged(why);
}

function damaged(why: string): AppError {
  return new AppError('picture/model-damaged', why.slice(0, 300), { action: 'open-models' });
}
