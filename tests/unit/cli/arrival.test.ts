import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lost, Session } from '../../../cli/session.ts';
import type { Disposable } from '../../../contract/disposable.ts';
import { AppError } from '../../../contract/errors.ts';
import { mayStartCore } from '../../../core/profile/owner.ts';
import { environmentProof } from '../../../core/socket/environment.ts';
import { openSocket, type SocketOptions } from '../../../core/socket/socket-server.ts';
import { coreVersion } from '../../../core/version.ts';

type Answers = Readonly<Record<string, (input: never) => unknown>>;

describe('a command that meets a core', () => {
  let profile: string;
  let open: Disposable[];

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-arrival-'));
    open = [];
  });
  afterEach(() => {
    for (const each of open.reverse()) each.dispose();
    rmSync(profile, { recursive: true, force: true });
  });

  const env = () => ({
    BECKON_PROFILE: profile,
    BECKON_MODELS: join(profile, 'models'),
    BECKON_KEY_X: 'key',
    HOME: profile,
  });

  /** A core that answers so; nobody else can be started. */
  async function serve(requests: Answers): Promise<void> {
    const handlers = { requests, streams: {}, states: {} } as unknown as SocketOptions['handlers'];
    open.push(await openSocket({ profile, handlers, onBug: () => {} }));
    const start = mayStartCore(profile);
    if (start !== null) open.push(start);
  }

  it('says its version and proves its environment, of which no key is told', async () => {
    const arrivals: { readonly version: string; readonly nonce: string; readonly environment: string }[] = [];
    await serve({
      'core.arrive': (input) => {
        arrivals.push(input);
        return { status: 'welcome' };
      },
      'core.leave': () => ({ left: 'busy', model: null }),
    });
    const session = await Session.open(env(), 5000);
    await session.close();
    expect(arrivals).toHaveLength(1);
    const [{ version = '', nonce = '', environment = '' } = {}] = arrivals;
    expect({ version, environment }).toEqual({ version: coreVersion, environment: environmentProof(env(), nonce) });
    expect(JSON.stringify(arrivals)).not.toContain('key');
  });

  it('goes on while the cores it asks end under it: it gave up after ten, as many as a busy machine takes in half a minute', async () => {
    await serve({ 'core.arrive': () => ({ status: 'welcome' }), 'core.leave': () => ({ left: 'busy', model: null }) });
    const session = await Session.open(env(), 5000);
    let tries = 0;
    const answer = await session.keep(async () => {
      tries += 1;
      if (tries < 20) throw lost();
      return 'an answer';
    });
    await session.close();
    expect(answer).toBe('an answer');
  });

  it('waits while one makes room for another', async () => {
    let asked = 0;
    await serve({
      'core.arrive': () => {
        asked += 1;
        return { status: asked < 3 ? 'ending' : 'welcome' };
      },
      'core.leave': () => ({ left: 'busy', model: null }),
    });
    const session = await Session.open(env(), 5000);
    await session.close();
    expect(asked).toBe(3);
  });

  it('is refused by one of another version, also by one that is older than this question', async () => {
    await serve({ 'core.arrive': () => ({ status: 'other-version', version: '9.1.0' }) });
    await expect(Session.open(env(), 5000)).rejects.toMatchObject({
      code: 'app/other-version',
      detail: { values: { other: '9.1.0', version: coreVersion } },
    });
    for (const each of open.splice(0).reverse()) each.dispose();
    const arrive = () => {
      throw new AppError('app/unknown-route', 'core.arrive');
    };
    await serve({
      'core.arrive': arrive,
      'core.info': () => ({ version: '0.0.1', processId: 1, face: 'app', profile }),
    });
    await expect(Session.open(env(), 5000)).rejects.toMatchObject({ detail: { values: { other: '0.0.1' } } });
  });
});
