import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { nodeEntry, nodeExecutable } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { endProgram, startProgram, waitFor } from '../support/processes.ts';

/** Those of the closed list that capture.test.ts, clipboard.test.ts and the long Wayland tests do not produce. */
const options = { display: { accessibility: true }, desktop: true } as const;

describeOnDesktop('what ends a capture or a write, made to happen', options, (desk) => {
  const { display, client, keep, openNote, openPage, select, write } = desk;

  it('a terminal that keeps its selection to itself: terminal-protected, and no key is pressed in it', async () => {
    const { typed, process: terminal } = await display.openTerminal('closed-terminal');
    keep(terminal);
    expect(await client.call('selection.capture', {})).toMatchObject({
      status: 'failed',
      window: { application: expect.stringMatching(/xterm/i) },
      cause: { code: 'capture/terminal-protected' },
    });
    expect(spawnSync('cat', [typed], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('a display that does not let this process in: no-permission', async () => {
    const cookies = join(display.folder, 'cookies');
    const add = ['-f', cookies, 'add', ':0', 'MIT-MAGIC-COOKIE-1', randomBytes(16).toString('hex')];
    expect(spawnSync('xauth', add).status).toBe(0);
    const server = startProgram('Xvfb', ['-displayfd', '3', '-noreset', '-auth', cookies, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    keep(server);
    const number = await new Promise<string>((resolve) => {
      server.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()));
    });
    const refused = startDesktop({ ...display.env, DISPLAY: `:${number}`, XAUTHORITY: '/dev/null' });
    keep(refused);
    const other = new WireClient(createProcessChannel(refused), desktopContract);
    expect(await other.call('selection.capture', {})).toMatchObject({ cause: { code: 'capture/no-permission' } });
  });

  it('a window that closed meanwhile: target-gone, and nothing is written anywhere', async () => {
    const { editor } = await openNote('One two three.');
    await select('One two three.', 'ctrl+a');
    const targetId = await captured('One two three.');
    await endProgram(editor);
    const { typed, process: terminal } = await display.openTerminal('in its place');
    keep(terminal);
    const input = { targetId, text: 'lost', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/target-gone' } });
    expect(spawnSync('cat', [typed], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('a clipboard whose owner never answers cannot be lent: refused, and the field is as it was', async () => {
    const page = await openPage('<textarea autofocus>one two three</textarea>');
    await page.select('ctrl+a');
    const targetId = await captured('one two three');
    const copied = write('copied', 'Copied.');
    const owner = keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', copied]));
    await waitFor('it is copied', () => display.selection('clipboard') === 'Copied.');
    process.kill(owner.pid ?? 0, 'SIGSTOP');
    const input = { targetId, text: 'lost', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/refused' } });
    process.kill(owner.pid ?? 0, 'SIGCONT');
    expect(display.selection('clipboard')).toBe('Copied.');
    await page.select('ctrl+a');
    await captured('one two three');
  });

  function startDesktop(env: NodeJS.ProcessEnv): ChildProcess {
    return spawn(nodeExecutable, [nodeEntry('desktop')], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** The place that the selected text, which is asserted, came from. */
  async function captured(text: string): Promise<string> {
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    expect(answer.selection.text).toBe(text);
    return answer.selection.targetId;
  }
});
