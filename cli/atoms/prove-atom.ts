import type { AtomProof, ExampleProof, KeptAtom } from '../../contract/sharing.ts';
import { holds, nameOf, sayFailures, sayProof } from '../../locales/say-atom.ts';
import { exitCodes } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import type { CommandInput } from '../run-cli.ts';
import { modelIdOf } from '../where.ts';
import { noteLines } from './atom-lines.ts';
import { atomWords } from './atom-words.ts';

/** `beckon atoms prove ACTION`: runs its examples on a model of this machine. Exit code 1 where one does not hold. */
export async function prove(input: CommandInput, kept: KeptAtom): Promise<number> {
  const { session, terminal, words, json } = input;
  const said = atomWords(words);
  const modelId = await modelIdOf(input);
  const stream = session.client.open('sharing.prove', { atomId: kept.atom.id, reviewId: null, modelId });
  const interrupts = onInterrupt(() => stream.close());
  const examples: ExampleProof[] = [];
  let model: string | null = null;
  let total = 0;
  try {
    for await (const part of stream) {
      if (part.type === 'model') [model, total] = [part.name, part.total];
      else examples.push(part.proof);
      const done = Math.min(examples.length + 1, total);
      if (model !== null) terminal.status(said.say('proof.running', { done, count: total, model }));
    }
  } finally {
    interrupts.dispose();
    terminal.status('');
  }
  const proof: AtomProof = { model: model === null ? null : { id: '', name: model }, examples, at: Date.now() };
  if (json) terminal.json({ id: kept.atom.id, hash: kept.atom.hash, model, examples });
  else if (examples.length > 0) {
    const columns = { words, columns: terminal.columns };
    for (const line of noteLines(`${nameOf(said, kept.atom)}: ${sayProof(said, proof)}`, columns)) terminal.line(line);
    for (const failure of sayFailures(said, proof))
      for (const line of noteLines(`  × ${failure}`, columns)) terminal.line(line);
  }
  if (stream.outcome === 'aborted') {
    terminal.note(words.say('stopped'));
    return exitCodes.stopped;
  }
  return examples.every(holds) ? exitCodes.done : exitCodes.failed;
}
