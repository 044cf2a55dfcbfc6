import { LlamaGrammarEvaluationState, type LlamaModel } from 'node-llama-cpp';
import type { GenerateInput } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { readSchema } from '../json-schema/read-schema.ts';
import { SchemaRefusal } from '../json-schema/shape.ts';
import { writeGrammar } from '../json-schema/write-grammar.ts';

/** Grammars of the schemas asked for last, by their JSON: a list asks for the same one with every item. */
const made = new Map<string, string>();
const mostKept = 8;

/**
 * What holds one answer to its schema, letter by letter; null where it has none. Throws `app/bad-request` for a schema that no answer
 * can be held to, which is refused before a model is asked.
 */
export async function heldToSchema(
  model: LlamaModel,
  { answerSchema }: Pick<GenerateInput, 'answerSchema'>,
): Promise<LlamaGrammarEvaluationState | null> {
  if (answerSchema === undefined) return null;
  const grammar = await model.llama.createGrammar({ grammar: grammarOf(answerSchema) });
  return new LlamaGrammarEvaluationState({ model, grammar });
}

function grammarOf(schema: NonNullable<GenerateInput['answerSchema']>): string {
  const key = JSON.stringify(schema);
  const kept = made.get(key);
  if (kept !== undefined) return kept;
  try {
    const grammar = writeGrammar(readSchema(schema));
    const [oldest] = made.keys();
    if (made.size >= mostKept && oldest !== undefined) made.delete(oldest);
    made.set(key, grammar);
    return grammar;
  } catch (error) {
    if (error instanceof SchemaRefusal) throw new AppError('app/bad-request', error.message);
    throw error;
  }
}
