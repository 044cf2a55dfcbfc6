import { followJob } from './progress.ts';
import type { CommandInput } from './run-cli.ts';

/** Makes sure that a model can answer: gets the starter model, with its progress, when there is none. */
export async function ensureModel(
  input: Pick<CommandInput, 'session' | 'terminal' | 'words' | 'model'>,
): Promise<void> {
  const { session, terminal, words, model } = input;
  if (model !== null) return;
  const { jobId } = await session.client.call('model.ensureStarter', {});
  if (jobId === null) return;
  const jobs = session.client.watch('jobs');
  const { jobs: list } = await jobs.ready();
  const job = list.find(({ id }) => id === jobId);
  terminal.note(words.say('gettingModel', { name: job?.title ?? '' }));
  jobs.dispose();
  await followJob(input, jobId);
}
