import { type AddressInfo, createServer } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { ensureLlamaTool } from '../../bench/tools/llama-tools.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { Gate } from '../support/gate.ts';
import { endProgram, startProgram, waitFor } from '../support/processes.ts';

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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function startServer(
  id: string,
): Promise<{ readonly setting: ServerSetting; readonly end: () => Promise<void> }> {
  const command = await ensureLlamaTool('llama-server', (line) => process.stdout.write(`${line}\n`));
  const port = await freePort();
  const args = ['-m', requireModel(tinyModel), '--host', '127.0.0.1', '--port', String(port)];
  const child = startProgram(command, [...args, '-t', '1', '-c', String(1024 * slots), '-np', String(slots)]);
  const end = () => endProgram(child);
  ends.push(end);
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitFor('llama-server is up', isUp, 120_000);
  const address = `http://127.0.0.1:${port}/v1`;
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

  await one.end();
  const after = await Promise.all(Array.from({ length: 8 }, (_, person) => ask(person)));
  expect(after.map(({ end }) => end)).toEqual(after.map(() => 'finish'));
  expect(load().find(({ serverId }) => serverId === 'one')?.failed?.code).toBe('server/unreachable');
});
