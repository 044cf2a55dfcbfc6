import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as dbus from '@jellybrick/dbus-next';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askKeyStore } from '../../main/keys/ask-key-store.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { endProgram } from '../support/processes.ts';

const wallet = 'kdewallet';
const application = 'Beckon';

/** Answers as KWallet's daemon does, by its own source; what it would show a person it writes down. */
class Wallet {
  isThere = true;
  opened = false;
  asksEach = false;
  /** What the person says who is asked. */
  letsIn = true;
  users: string[] = [];
  readonly asked: string[] = [];

  open(by: string): number {
    if (!this.opened) this.asked.push('password');
    else if (this.asksEach && !this.users.includes(by)) this.asked.push('leave');
    if (!this.letsIn) return -1;
    this.opened = true;
    this.users.push(by);
    return 7;
  }

  answer({ member, body }: dbus.Message): readonly [signature: string, value: unknown] | null {
    if (member === 'isEnabled') return ['b', this.isThere];
    if (member === 'networkWallet') return ['s', wallet];
    if (member === 'isOpen') return ['b', body[0] === wallet && this.opened];
    if (member === 'users') return ['as', this.users];
    return member === 'open' ? ['i', this.open(String(body[2]))] : null;
  }
}

describe('KWallet', () => {
  let folder: string;
  let daemon: ChildProcess;
  let bus: dbus.MessageBus;
  let fake: Wallet;
  let address: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-kwallet-'));
    mkdirSync(join(folder, '.config'));
    daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    address = await new Promise<string>((resolve) =>
      daemon.stdout?.once('data', (told) => resolve(String(told).trim())),
    );
    bus = dbus.sessionBus({ busAddress: address });
    await bus.requestName('org.kde.kwalletd6', 0);
    const answers = bus as unknown as { addMethodHandler(handler: (message: dbus.Message) => boolean): void };
    answers.addMethodHandler((message) => {
      const [signature, value] = (message.path === '/modules/kwalletd6' && fake.answer(message)) || [];
      if (signature === undefined) return false;
      bus.send(dbus.Message.newMethodReturn(message, signature, [value]));
      return true;
    });
  });
  beforeEach(() => {
    fake = new Wallet();
    rmSync(join(folder, '.config', 'kwalletrc'), { force: true });
  });
  afterAll(async () => {
    bus.disconnect();
    await endProgram(daemon);
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (act: 'look' | 'unlock') =>
    askKeyStore(act, {
      ...{
        node: nodeExecutable,
        entry: join(checkout, 'desktop', 'key-store-entry.ts'),
        backend: 'kwallet6',
        application,
      },
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: '', DBUS_SESSION_BUS_ADDRESS: address },
    });
  const set = (text: string) => writeFileSync(join(folder, '.config', 'kwalletrc'), text);

  it('is looked at without a question, and asks only to be unlocked', async () => {
    expect({ closed: await ask('look'), asked: fake.asked }).toEqual({ closed: 'locked', asked: [] });
    expect({ unlocked: await ask('unlock'), asked: fake.asked }).toEqual({ unlocked: 'open', asked: ['password'] });
    expect({ after: await ask('look'), asked: fake.asked }).toEqual({ after: 'open', asked: ['password'] });
  });

  it('that asks for each application counts as locked until this one was let in, so that main never waits for that answer', async () => {
    set('[Wallet]\nPrompt on Open=true\n\n[Auto Allow]\nkdewallet=Chromium,Mail\n');
    Object.assign(fake, { opened: true, asksEach: true, users: ['Mail'] });
    expect({ told: await ask('look'), asked: fake.asked }).toEqual({ told: 'locked', asked: [] });
    fake.letsIn = false;
    expect({ told: await ask('unlock'), asked: fake.asked }).toEqual({ told: 'locked', asked: ['leave'] });
    fake.letsIn = true;
    expect(await ask('unlock')).toBe('open');
    // What Electron asks now has the same name, and is not asked again.
    expect(fake.open(application)).toBe(7);
    expect(fake.asked).toEqual(['leave', 'leave']);
  });

  it('is open where the person has allowed this one for good, and where it asks for none', async () => {
    fake.opened = true;
    expect(await ask('look')).toBe('open');
    set(`[Auto Allow]\n${wallet}=Mail,${application}\n[Wallet]\nPrompt on Open[$i]=true\n`);
    expect({ told: await ask('look'), asked: fake.asked }).toEqual({ told: 'open', asked: [] });
  });

  it('is locked where it is turned off, and absent where there is none', async () => {
    fake.isThere = false;
    expect(await ask('look')).toBe('locked');
    await bus.releaseName('org.kde.kwalletd6');
    expect(await ask('look')).toBe('absent');
    await bus.requestName('org.kde.kwalletd6', 0);
  });
});
