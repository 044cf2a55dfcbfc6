import { AppError } from '../../contract/errors.ts';

/** What a recogniser says of a line: its text, and how sure its letters are on average, from 0 to 1. */
export interface Recognised {
  readonly text: string;
  readonly confidence: number;
}

/**
 * The text of a recogniser's answer: at each step the likeliest letter, the same one in a row counted once, and nothing where
 * the empty one is likeliest (connectionist temporal classification).
 */
export function lettersOf(likely: Float32Array, steps: number, letters: readonly string[]): Recognised {
  const classes = letters.length;
  let text = '';
  let sum = 0;
  let count = 0;
  let last = 0;
  for (let step = 0; step < steps; step += 1) {
    let best = 0;
    let most = -1;
    for (let at = step * classes, letter = 0; letter < classes; at += 1, letter += 1) {
      const value = likely[at] as number;
      if (value > most) [most, best] = [value, letter];
    }
    if (best !== 0 && best !== last) {
      text += letters[best] ?? '';
      sum += most;
      count += 1;
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : Math.min(1, Math.max(0, sum / count)) };
}

/** Field of a model in ONNX's protocol buffer that holds pairs of a name and a text, and the fields of such a pair. */
const propertiesField = 14;
const nameField = 1;
const textField = 2;

/** The letters of a recogniser, in the order of its classes: the empty one, those in its file, a space. Throws `picture/model-damaged`. */
export function readLetters(model: Uint8Array): readonly string[] {
  for (const [field, property] of fieldsOf(model)) {
    if (field !== propertiesField) continue;
    const pair = new Map([...fieldsOf(property)].map(([key, value]) => [key, new TextDecoder().decode(value)]));
    if (pair.get(nameField) !== 'character') continue;
    return ['', ...(pair.get(textField) ?? '').replace(/\n$/, '').split(/\r?\n/), ' '];
  }
  throw damaged('no letters in it');
}

/** The fields of a message that have a length, as views into it; others are passed over. */
function* fieldsOf(message: Uint8Array): Generator<readonly [number, Uint8Array]> {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at];
      if (byte === undefined || shift > 2 ** 49) throw damaged('a number without an end');
      at += 1;
      value += (byte % 128) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    const kind = tag % 8;
    if (kind === 0) number();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else if (kind === 2) {
      const length = number();
      if (at + length > message.length) throw damaged('a field without an end');
      yield [Math.floor(tag / 8), message.subarray(at, at + length)];
      at += length;
    } else throw damaged('a field of no known kind');
  }
}

function damaged(why: string): AppError {
  return new AppError('picture/model-damaged', `the model that reads lines: ${why}`, { action: 'open-models' });
}
