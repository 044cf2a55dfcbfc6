import { describe, expect, it } from 'vitest';
import type { ServerSetting } from '../../../contract/settings.ts';
import { keyFor, unclearKeys } from '../../../core/settings/environment-keys.ts';

function server(
  id: string,
  address: string,
  label = '',
  keyKept: ServerSetting['keyKept'] = 'key-store',
): ServerSetting {
  return { id, address, label, models: ['m'], keyKept };
}

const one = server('s-1', 'https://api.one.example/v1', 'Work');
const two = server('s-2', 'https://api.two.example:8443/v1', 'Home');
const open = server('s-3', 'http://127.0.0.1:8080/v1', '', 'none');

describe('a key of the environment', () => {
  it('goes to the server it is named for, by host, label or id, and to no other one', () => {
    const servers = [one, two, open];
    const names: readonly (readonly [string, string])[] = [
      ['BECKON_KEY_API_ONE_EXAMPLE', 's-1'],
      ['BECKON_KEY_WORK', 's-1'],
      ['BECKON_KEY_S_1', 's-1'],
      ['BECKON_KEY_API_TWO_EXAMPLE_8443', 's-2'],
      ['BECKON_KEY_HOME', 's-2'],
    ];
    for (const [name, id] of names) {
      const env = { [name]: 'secret' };
      const got = servers.map((each) => [each.id, keyFor(`server:${each.id}`, servers, env)]);
      expect(Object.fromEntries(got)).toEqual({ 's-1': null, 's-2': null, 's-3': null, [id]: 'secret' });
    }
  });

  it('with the usual name of a provider goes to that provider at its own address, and to nobody else', () => {
    const claude = { ...server('s-4', 'https://api.anthropic.com/v1'), provider: 'anthropic' };
    const gateway = { ...server('s-5', 'https://gateway.example/v1'), provider: 'anthropic' };
    const servers = [one, claude, gateway];
    const env = { ANTHROPIC_API_KEY: 'secret', OPENAI_API_KEY: 'other' };
    expect(servers.map(({ id }) => keyFor(`server:${id}`, servers, env))).toEqual([null, 'secret', null]);
    const named = { ...env, BECKON_KEY_S_4: 'mine' };
    expect(keyFor('server:s-4', servers, named)).toBe('mine');
  });

  it('without a name was sent to every server; it goes to the one that has a key, or to none and says which name to use', () => {
    const env = { BECKON_SERVER_KEY: 'secret' };
    expect(keyFor('server:s-1', [one, open], env)).toBe('secret');
    for (const id of ['s-1', 's-2']) {
      expect(() => keyFor(`server:${id}`, [one, two], env)).toThrow(
        expect.objectContaining({
          code: 'server/key-unclear',
          detail: {
            values: expect.objectContaining({
              variable: 'BECKON_SERVER_KEY',
              name: expect.stringMatching(/^BECKON_KEY_API/),
            }),
          },
        }),
      );
    }
    expect(keyFor('server:s-2', [one, two], { ...env, BECKON_KEY_HOME: 'other' })).toBe('other');
    expect(keyFor('server:gone', [one], env)).toBeNull();
  });

  it('whose name fits two servers, as by a label that is another’s host, goes to neither', () => {
    const twin = server('s-4', 'https://elsewhere.example/v1', 'api one example');
    const servers = [one, twin];
    for (const { id } of servers) {
      expect(() => keyFor(`server:${id}`, servers, { BECKON_KEY_API_ONE_EXAMPLE: 'secret' })).toThrow(
        expect.objectContaining({ code: 'server/key-unclear' }),
      );
    }
    // The same host twice is one place to send it to.
    const again = server('s-5', 'https://api.one.example/v1/other');
    expect(keyFor('server:s-5', [one, again], { BECKON_KEY_API_ONE_EXAMPLE: 'secret' })).toBe('secret');
  });

  it('is taken by a host without its port where one server alone has that host, and by none of two', () => {
    const env = { BECKON_KEY_127_0_0_1: 'secret' };
    const other = server('s-7', 'http://127.0.0.1:9090/v1');
    expect(keyFor('server:s-3', [one, open], env)).toBe('secret');
    expect(keyFor('server:s-1', [one, open], env)).toBeNull();
    expect(unclearKeys([one, open], env)).toEqual([]);
    for (const id of ['s-3', 's-7'])
      expect(() => keyFor(`server:${id}`, [open, other], env)).toThrow(
        expect.objectContaining({ code: 'server/key-unclear' }),
      );
    expect(unclearKeys([one, open, other], env).map(({ values }) => [values?.['host'], values?.['name']])).toEqual([
      ['127.0.0.1:8080', 'BECKON_KEY_127_0_0_1_8080'],
      ['127.0.0.1:9090', 'BECKON_KEY_127_0_0_1_9090'],
    ]);
    // Whoever is named by it whole has it, and a key of one's own comes before.
    const plain = server('s-8', 'http://127.0.0.1/v1');
    expect([keyFor('server:s-8', [open, plain], env), keyFor('server:s-3', [open, plain], env)]).toEqual([
      'secret',
      null,
    ]);
    expect(keyFor('server:s-3', [open, other], { ...env, BECKON_KEY_127_0_0_1_8080: 'own' })).toBe('own');
  });

  it('that is empty is none, and a label without letters has no name', () => {
    const chinese = server('s-6', 'https://api.six.example/v1', '公司');
    expect(keyFor('server:s-6', [chinese, one], { BECKON_KEY_: 'secret', BECKON_KEY__: 'secret' })).toBeNull();
    expect(keyFor('server:s-1', [one], { BECKON_SERVER_KEY: '', BECKON_KEY_WORK: '' })).toBeNull();
  });
});
