import { expect, it } from 'vitest';
import { followJob } from '../../../cli/progress.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';
import type { JobsState } from '../../../contract/job.ts';
import { StateMirror } from '../../../wire/state-mirror.ts';
import { runningJob as running } from '../../fakes/job.ts';

/** What the cli says of a job that goes on and then stands in the state as given. */
async function said(end: JobsState): Promise<string[]> {
  const lines: string[] = [];
  const output = { isTTY: false, write: (text: string) => lines.push(text) };
  const mirror = new StateMirror<JobsState>(
    () => {},
    () => {},
  );
  mirror.takeSnapshot(0, { jobs: [running], ended: [] });
  setTimeout(() => mirror.takePatch(1, end), 5);
  const session = { client: { watch: () => mirror } } as unknown as Parameters<typeof followJob>[0]['session'];
  const words = createCliWords({ LANG: 'C', BECKON_PROFILE: '/nonexistent' });
  await followJob({ session, words, terminal: new Terminal(output, output) }, 'j');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

it('says of a download that it is there when it is, not when somebody stopped it or nobody knows', async () => {
  const progress = 'M: 1.0 GB of 2.0 GB · 100 MB/s · 10 s left';
  const ended = { ...running, allows: [] };
  expect(await said({ jobs: [], ended: [{ ...ended, status: 'done' }] })).toEqual([progress, 'M is here.']);
  expect(await said({ jobs: [], ended: [{ ...ended, status: 'stopped' }] })).toEqual([progress, 'M: stopped']);
  expect(await said({ jobs: [], ended: [] })).toEqual([progress]);
});
