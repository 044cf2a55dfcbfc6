import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { endProgram, isAlive, waitFor } from '../support/processes.ts';

const answer = 'The answer. 回答。';

let x: X11Connection;
const options: DesktopOptions = {
  stage: async ({ env }, ends) => {
    x = ends.adopt(new X11Connection(env['DISPLAY']), (connection) => connection.dispose());
  },
};

describeOnDesktop('what a process of Beckon has in the clipboard', options, ({ display, keep, write }) => {
  let desktop: ChildProcess;
  let client: DesktopClient;

  beforeEach(() => startNext());

  afterEach(async () => {
    await endProgram(desktop);
    for (const file of files()) rmSync(file, { force: true });
  });

  const runtime = () => display.env['XDG_RUNTIME_DIR'] ?? '';
  const files = () =>
    readdirSync(runtime())
      .filter((name) => name.includes('clipboard'))
      .map((name) => join(runtime(), name));
  const isKeptOnce = () => {
    const kept = files();
    return kept.length === 1 && kept[0]?.endsWith(`-${desktop.pid}-lease.json`);
  };
  const read = (selection: string) =>
    spawnSync('xclip', ['-o', '-selection', selection], { env: display.env, encoding: 'utf8', maxBuffer: 1e8 }).stdout;
  const hold = (selection: string, text: string) => {
    const file = write(`held-${selection}`, text);
    keep(display.start('xclip', ['-quiet', '-selection', selection, '-i', file]));
    return waitFor(`${selection} is held`, () => read(selection) === text);
  };
  const kill = async () => {
    desktop.kill('SIGKILL');
    await waitFor('it is gone', () => !isAlive(desktop.pid ?? 0));
  };
  const startNext = async () => {
    ({ desktop, client } = await startDesktop(display.env));
  };
  /** What core would have left of a text, under the name of a process that is gone. */
  const leave = (text: string, minutesAgo: number, mode = 0o600) => {
    const path = join(runtime(), `beckon-clipboard-_${display.env['DISPLAY']?.slice(1)}-999999-lease.json`);
    const data = Buffer.from(text).toString('base64');
    const formats = [{ target: 'UTF8_STRING', type: 'UTF8_STRING', units: 8, data }];
    writeFileSync(path, JSON.stringify({ formats, copy: null }), { mode });
    const at = new Date(Date.now() - minutesAgo * 60_000);
    utimesSync(path, at, at);
    return path;
  };

  // Electron's own way took PRIMARY along, and offered the answer as a selection of the next window.
  it('is copied there alone: what is selected elsewhere stays selected', async () => {
    await hold('primary', 'Selected elsewhere.');
    expect(await client.call('clipboard.writeText', { text: answer })).toEqual({ status: 'available', value: null });
    expect(read('clipboard')).toBe(answer);
    expect(read('primary')).toBe('Selected elsewhere.');
  });

  it('is larger than one piece and arrives whole', async () => {
    const long = answer.repeat(100_000);
    await client.call('clipboard.writeText', { text: long });
    expect(read('clipboard') === long).toBe(true);
  });

  it('stays when core is gone, until somebody else has copied', async () => {
    await client.call('clipboard.writeText', { text: answer });
    desktop.disconnect();
    await waitFor('it has heard of it', () => !desktop.connected);
    expect(read('clipboard')).toBe(answer);
    expect(files()).toHaveLength(1);
    await hold('clipboard', 'Copied since.');
    await waitFor('it has ended', () => !isAlive(desktop.pid ?? 0));
    expect(files()).toEqual([]);
  });

  it('is not missed by a process that has nothing there, which ends with core', async () => {
    desktop.disconnect();
    await waitFor('it has ended', () => !isAlive(desktop.pid ?? 0));
  });

  it('is given back by the next process when it was killed, in a file for nobody else', async () => {
    await client.call('clipboard.writeText', { text: answer });
    expect(files().map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);
    await kill();
    await startNext();
    await waitFor('it is back', () => read('clipboard') === answer);
    // It is back first, then kept for the next one, and then what the one before left is thrown away.
    await waitFor('it is kept once, by the one that is there', isKeptOnce);
    // And once more: the one that gave it back may die as well.
    await kill();
    await startNext();
    await waitFor('it is back again', () => read('clipboard') === answer);
    await waitFor('it is kept once, by the one that is there', isKeptOnce);
    expect(files().map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);
  });

  it('leaves nothing of those that were killed before they had put their own file in the place of the last', async () => {
    await client.call('clipboard.writeText', { text: answer });
    for (let killed = 0; killed < 4; killed += 1) {
      await kill();
      await startNext();
      await waitFor('it is back', () => read('clipboard') === answer);
    }
    await waitFor('it is kept once, by the one that is there', isKeptOnce);
  });

  it('gives way to what was copied while it was gone', async () => {
    await client.call('clipboard.writeText', { text: answer });
    await kill();
    await hold('clipboard', 'Copied since.');
    await startNext();
    await waitFor('what it left is thrown away', () => files().length === 0);
    expect(read('clipboard')).toBe('Copied since.');
  });

  it('is left alone by the next process while the one before still has it', async () => {
    await client.call('clipboard.writeText', { text: answer });
    const before = desktop;
    keep(before);
    before.disconnect();
    await startNext();
    await client.call('clipboard.describe', {});
    expect(read('clipboard')).toBe(answer);
    await client.call('clipboard.writeText', { text: 'The next answer.' });
    await waitFor('the one before has ended', () => !isAlive(before.pid ?? 0));
    expect(read('clipboard')).toBe('The next answer.');
    expect(files()).toHaveLength(1);
  });

  it('was copied by Beckon when it says, and not when the machine was started', async () => {
    await client.call('clipboard.writeText', { text: answer });
    const told = await new SelectionReader(x).copiedAt('CLIPBOARD');
    const now = await new SelectionReader(x).serverTime();
    expect((now ?? 0) - (told ?? 0)).toBeGreaterThanOrEqual(0);
    expect((now ?? 0) - (told ?? 0)).toBeLessThan(5000);
  });

  it.each([
    ['too long ago', () => leave('Of another day.', 11)],
    ['where others can write', () => leave('Of somebody else.', 0, 0o666)],
    [
      'as a link',
      () => {
        const target = join(display.folder, 'elsewhere.json');
        writeFileSync(target, '{}');
        const link = leave('Replaced.', 0);
        spawnSync('ln', ['-sf', target, link]);
        return link;
      },
    ],
    [
      'as something else than a file',
      () => {
        const path = leave('Replaced.', 0);
        spawnSync('sh', ['-c', `rm '${path}'; mkfifo '${path}'`]);
        return path;
      },
    ],
  ])('is not taken from what was left %s', async (_, put) => {
    await kill();
    put();
    await startNext();
    await waitFor('what was left is thrown away', () => files().length === 0);
    expect(await x.selectionOwner('CLIPBOARD')).toBe(0);
  });

  it('is taken from what was left a moment ago', async () => {
    await kill();
    leave('Of this session.', 2);
    await startNext();
    await waitFor('it is back', () => read('clipboard') === 'Of this session.');
  });

  it('is all of what was there before, when a paste that nobody waits for any more has ended', async () => {
    const owner = await ownClipboard(display, 71);
    keep(owner);
    // The self-test lends the clipboard; core dies meanwhile.
    const tested = client.request('desktop.selfTest', {});
    await waitFor('it is lent', async () => files().some((file) => file.includes('-lease')));
    desktop.disconnect();
    await tested;
    await waitFor('it is given back', () => read('clipboard').includes('number 71:'));
    await expectClipboard(display, 71);
  });
});
