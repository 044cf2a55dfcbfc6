import { afterAll, expect, it } from 'vitest';
import type { ServerSetting } from '../../contract/settings.ts';
import { Gate } from '../support/gate.ts';
import { type LlamaServer, startLlamaServer } from '../support/llama-server.ts';
import { waitFor } from '../support/processes.ts';

/** Tokens of an answer, as a short summary has them. */
const answerTokens = 24;
/** How many each server works on at once; what comes then waits its turn there. */
const slots = 4;
const ends: (() => Promise<unknown>)[] = [];
const lines: string[] = [];

afterAll(async () => {
  for (const end of ends) await end();
  process.stdout.write(`${lines.join('\n')}\n`);
});

async function startServer(id: string): Promise<{ readonly setting: ServerSetting; readonly end: LlamaServer['end'] }> {
  const server = await startLlamaServer({ threads: 1, slots, contextTokens: 1024 });
  ends.push(() => server.end());
  const { address, end } = server;
  return { setting: { id, address, label: '', models: ['tiny'], keyKept: 'none', shares: true }, end };
}

const middle = (values: readonly number[], at: number) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * at)] ?? 0;

it('serves 2, 8 and 50 people at once by two servers, all whole, and both at work; and goes on when one dies', async () => {
  const gate = await Gate.start();
  ends.push(() => gate.stop());
  const [one, two] = [await startServer('one'), await startServer('two')];
  const ask = async (person: number) => {
    const began = performance.now();
    const model = gate.servers.model('server:one:tiny', null);
    let first = 0;
    let end = '';
    const question = [{ role: 'user' as const, text: `Person ${person} asks for a few words about the sea.` }];
    const asked = {
      messages: question,
      sampling: { temperature: 0 },
      maxTokens: answerTokens,
      thinking: 'off' as const,
      hints: {},
    };
    for await (const part of model?.generate(asked, new AbortController().signal) ?? []) {
      if (part.type === 'text-delta') first ||= performance.now() - began;
      end = part.type === 'failure' ? part.error.code : part.type;
    }
    return { first, whole: performance.now() - began, end };
  };
  for (const [name, settings] of [
    ['one', [one.setting]],
    ['two', [one.setting, two.setting]],
  ] as const) {
    gate.settings = { ...gate.settings, servers: [...settings] };
    for (const people of [2, 8, 50]) {
      const began = performance.now();
      const answers = await Promise.all(Array.from({ length: people }, (_, person) => ask(person)));
      const seconds = (performance.now() - began) / 1000;
      expect(answers.map(({ end }) => end).filter((end) => end !== 'finish')).toEqual([]);
      const firsts = answers.map(({ first }) => first);
      lines.push(
        `${name} server(s), ${people} people: first word ${Math.round(middle(firsts, 0.5))} ms (slowest ${Math.round(Math.max(...firsts))}), all whole after ${seconds.toFixed(1)} s`,
      );
    }
  }
  const load = () => gate.servers.pool.state.value.servers;
  expect(load().every(({ answered }) => answered > 0)).toBe(true);

  // Killed while all wait for their first word: each gets its answer from the other, and no text is lost or there twice.
  const waiting = Array.from({ length: 8 }, (_, person) => ask(person));
  await waitFor('both are at work', () => load().every(({ busy }) => busy > 0));
  const killedAt = performance.now();
  await one.end('SIGKILL');
  const after = await Promise.all(waiting);
  const late = after.filter(({ first }) => first > 0).map(({ first }) => first);
  lines.push(
    `one of two killed with 8 people waiting: ${after.filter(({ end }) => end === 'finish').length} of 8 answered, first word ${Math.round(middle(late, 0.5))} ms (slowest ${Math.round(Math.max(...late))}), all whole ${((performance.now() - killedAt) / 1000).toFixed(1)} s after`,
  );
  // Who had a word already keeps it, and is told that the answer broke off.
  for (const { end, first } of after) expect(end === 'finish' || (end === 'server/cut' && first > 0)).toBe(true);
  expect(after.filter(({ end }) => end === 'finish').length).toBeGreaterThan(0);

  const next = await Promise.all(Array.from({ length: 8 }, (_, person) => ask(person)));
  expect(next.map(({ end }) => end)).toEqual(next.map(() => 'finish'));
  expect(load().find(({ serverId }) => serverId === 'one')?.failed).not.toBeNull();
});
