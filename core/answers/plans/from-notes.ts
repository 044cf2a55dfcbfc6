import type { ModelPart } from '../../../contract/engine.ts';
import { oneAfterAnother } from '../../../models/language-model.ts';
import { splitText } from '../../../text/split-text.ts';
import { mergeInstruction, noteInstruction } from '../../prompts/text-prompt.ts';
import { Delimiters } from '../../text-filters/delimiters.ts';
import { filterParts } from '../../text-filters/text-filter.ts';
import { askAbout, askParts } from '../ask-parts.ts';
import { type AskEach, askPatiently } from '../patience.ts';
import { Rounds } from '../rounds.ts';
import { nothingNoted, type PartsWork, partCharacters, type WorkPart } from './parts-work.ts';

const noteTokens = 120;

/** An answer from notes on all parts, in as many rounds as it takes until they fit into one prompt. */
export async function* fromNotes(work: PartsWork): AsyncGenerator<WorkPart> {
  const limit = partCharacters[work.long.language];
  const rounds = new Rounds();
  let notes = yield* noteEach(work, work.parts, rounds, true);
  while (notes !== null && joined(notes).length > limit) {
    const groups = splitText(joined(notes), limit);
    // A round that does not get shorter would never end.
    if (groups.length >= notes.length) break;
    notes = yield* noteEach(work, groups, rounds, false);
  }
  if (notes !== null) yield* answerFrom(notes, work, rounds);
}

/** The notes of one round; null when that has come to an end of the answer. */
async function* noteEach(
  { model, input, long, signal }: PartsWork,
  groups: readonly string[],
  rounds: Rounds,
  isFirst: boolean,
): AsyncGenerator<WorkPart, readonly string[] | null> {
  const asked = noteInstruction(long.instruction, long.language);
  const asks = groups.map((group) => askAbout({ ...input, maxTokens: noteTokens }, group, asked));
  const round = groups.map(() => '');
  for await (const event of askParts(model, asks, signal)) {
    if (event.type === 'end') {
      yield event.part;
      return null;
    }
    if (event.type === 'progress') yield rounds.progress(event);
    if (event.type === 'text') round[event.index] += event.text;
    if (event.type === 'taken-back') round[event.index] = '';
    if (event.type === 'finish' && isFirst) yield { type: 'parts-read', read: event.read };
  }
  rounds.next();
  const notes = round.map((note) => note.trim()).filter((note) => note !== '');
  if (notes.length > 0) return notes;
  yield { type: 'failure', error: nothingNoted };
  return null;
}

async function* answerFrom(
  notes: readonly string[],
  { model, input, long, signal }: PartsWork,
  rounds: Rounds,
): AsyncGenerator<WorkPart> {
  const last = askAbout(input, joined(notes), mergeInstruction(long.instruction, long.language));
  const askLast: AskEach = (inputs, each) => oneAfterAnother((one, only) => model.generate(one, only), inputs, each);
  rounds.last();
  async function* asked(): AsyncGenerator<ModelPart> {
    for await (const { part } of askPatiently(askLast, [last.input], signal)) yield part;
  }
  for await (const part of filterParts(asked(), new Delimiters([last.delimiter])))
    yield part.type === 'prompt-progress' ? rounds.progress(part) : part;
}

function joined(notes: readonly string[]): string {
  return notes.join('\n');
}
