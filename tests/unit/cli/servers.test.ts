import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { noOptions } from '../../../cli/arguments.ts';
import { readHidden } from '../../../cli/read-hidden.ts';
import type { CommandInput } from '../../../cli/run-cli.ts';
import { servers } from '../../../cli/servers.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';

const row = { id: 's-1', address: 'https://api.example.com/v1', host: 'api.example.com', label: 'Work', models: ['m'] };

function inputFor(env: Readonly<Record<string, string>>, answers: Readonly<Record<string, unknown>>) {
  let said = '';
  const called: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  const client = {
    call: async (name: string, input: Record<string, unknown>) => {
      called.push({ name, input });
      return answers[name];
    },
  };
  const session = { client, profile: '/tmp', keep: <Value>(work: () => Promise<Value>) => work() };
  const output = { write: (text: string) => (said += text) };
  const input: CommandInput = {
    session: session as unknown as CommandInput['session'],
    terminal: new Terminal(output, output),
    words: createCliWords({ LANG: 'C', BECKON_PROFILE: '/nonexistent' }),
    ...{ env, part: null, args: [], ...noOptions },
  };
  return { input, called, said: () => said };
}

const tested = { ok: true, error: null, models: ['m', 'n'], address: row.address, instead: null };

describe('a server that is added from a terminal', () => {
  it('is tested first, with the key of the environment that is meant for it and for no other', async () => {
    const env = { BECKON_KEY_API_EXAMPLE_COM: 'secret-1', BECKON_KEY_OTHER_HOST: 'secret-2' };
    const { input, called, said } = inputFor(env, {
      'server.test': tested,
      'server.add': { ...row, keyKept: 'until-quit' },
    });
    expect(await servers({ ...input, part: 'add', args: ['api.example.com/v1'], name: 'Work' })).toBe(0);
    expect(called.map(({ name }) => name)).toEqual(['server.test', 'server.add']);
    for (const { input: given } of called) expect(given['key']).toBe('secret-1');
    expect(called[1]?.input).toMatchObject({ label: 'Work', models: ['m', 'n'], address: row.address });
    expect(said()).not.toContain('secret');
  });

  it('is not added where it does not answer: the cause and what may be meant are told', async () => {
    const error = { code: 'server/unreachable', message: '', values: { host: 'api.example.com' } };
    const failed = { ...tested, ok: false, error, models: [], instead: 'http://api.example.com/v1' };
    const { input, called, said } = inputFor({}, { 'server.test': failed });
    expect(await servers({ ...input, part: 'add', args: ['api.example.com'] })).toBe(1);
    expect(called).toHaveLength(1);
    expect(said()).toMatch(/api\.example\.com.*\nDid you mean http:\/\/api\.example\.com\/v1\?/);
  });

  it('is found again by its name, its host or its address, and one that two have is removed by nobody', async () => {
    for (const named of ['work', 'api.example.com', row.address, 's-1']) {
      const { input, called } = inputFor({}, { 'server.list': [row], 'server.remove': null });
      expect(await servers({ ...input, part: 'remove', args: [named] })).toBe(0);
      expect(called.at(-1)).toEqual({ name: 'server.remove', input: { serverId: 's-1' } });
    }
    const { input, called, said } = inputFor({}, { 'server.list': [row, { ...row, id: 's-2' }] });
    expect(await servers({ ...input, part: 'remove', args: ['work'] })).toBe(1);
    expect(called.map(({ name }) => name)).toEqual(['server.list']);
    expect(said()).toContain('There is no server “work”.');
  });
});

describe('a key that is typed', () => {
  it('is read without being shown, with the keys that take letters back, and in the marks of a paste', async () => {
    for (const [keys, key] of [
      ['abc\r', 'abc'],
      ['abx\u007fc\n', 'abc'],
      ['no\u0015abc\r', 'abc'],
      ['\u001b[200~abc\u001b[201~\r', 'abc'],
      ['\r', ''],
      ['abc\u0003', null],
    ] as const) {
      const raw: boolean[] = [];
      const keyboard = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
      const read = readHidden(keyboard);
      keyboard.write(keys);
      expect(await read).toBe(key);
      expect(raw).toEqual([true, false]);
      expect(keyboard.listenerCount('data')).toBe(0);
    }
  });
});
