import type { ChatWrapperGeneratedContextState } from 'node-llama-cpp';
import { AppError } from '../../../contract/errors.ts';
import { withinTime } from './within-time.ts';

/**
 * A chat template is a program in a model's file. Those of real models take some milliseconds to render a chat, and a
 * quarter of a second to be understood; the rest is for slow machines.
 */
const limitsMs = { understand: 6000, render: 3000 } as const;
/** What a template may write beside the messages: instructions of its own, the date, marks around each message. */
const ownCharacters = 64 * 1024;
const charactersPerCharacter = 8;

/** As much as the text of a chat of so many characters may have. Real templates add a few hundred. */
export function mostRendered(characters: number): number {
  return ownCharacters + charactersPerCharacter * characters;
}

/** Strings that end an answer; that of the model's own end of text is none. */
export function stopsOf({ stopGenerationTriggers }: ChatWrapperGeneratedContextState): readonly string[] {
  return stopGenerationTriggers
    .map((trigger) => trigger.values.filter((value) => typeof value === 'string').join(''))
    .filter((stop) => stop.trim() !== '');
}

/** Runs what a model's template has a say in. Throws `model/template` when it is over its time. */
export function runTemplate<Value>(kind: keyof typeof limitsMs, work: () => Value): Value {
  const done = withinTime(limitsMs[kind], work);
  if (done === null) throw templateFailed(`it did not end within ${limitsMs[kind]} ms`);
  return done.value;
}

export function templateFailed(why: string): AppError {
  return new AppError('model/template', why, { action: 'choose-model' });
}
