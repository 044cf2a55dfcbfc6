import { followJob } from './progress.ts';
import type { CommandInput } from './run-cli.ts';

/** Makes sure that a model can answer: gets the starter model, with its progress, when there is none. */
export async function ensureModel({
  session,
  words,
  model,
}: Pick<CommandInput, 'session' | 'words' | 'model'>): Promise<void> {
  if (model !== null) return;
  const { jobId } = await session.client.call('model.ensureStarter', {});
  if (jobId === null) return;
  const jobs = session.client.watch('jobs');
  const { jobs: list } = await jobs.ready();
  const job = list.find(({ id }) => id === jobId);
  process.stderr.write(`${words.say('gettingModel', { name: job?.title ?? '' })}\n`);
  jobs.dispose();
  await followJob(session, words, jobId);
}
