import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, sleep, startProgram, waitFor } from '../support/processes.ts';

/** Those of the closed list that capture.test.ts, clipboard.test.ts and the long Wayland tests do not produce. */
describe('what ends a capture or a write, made to happen', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let client: WireClient<typeof desktopContract>;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    desktop = startDesktop(display.env);
    client = new WireClient(createProcessChannel(desktop), desktopContract);
    await client.call('desktop.describe', {});
  });

  afterEach(async () => {
    for (const child of opened.splice(0)) await endProgram(child);
  });

  afterAll(async () => {
    if (desktop) await endProgram(desktop);
    await display?.stop();
  });

  it('a terminal that keeps its selection to itself: terminal-protected, and no key is pressed in it', async () => {
    const { typed, process: terminal } = await display.openTerminal('closed-terminal');
    opened.push(terminal);
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
    const server = startProgram('Xvfb', ['-displayfd', '3', '-auth', cookies, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    opened.push(server);
    const number = await new Promise<string>((resolve) => {
      server.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()));
    });
    const refused = startDesktop({ ...display.env, DISPLAY: `:${number}`, XAUTHORITY: '/dev/null' });
    opened.push(refused);
    const other = new WireClient(createProcessChannel(refused), desktopContract);
    expect(await other.call('selection.capture', {})).toMatchObject({ cause: { code: 'capture/no-permission' } });
  });

  it('a window that closed meanwhile: target-gone, and nothing is written anywhere', async () => {
    const note = join(display.folder, 'note.txt');
    writeFileSync(note, 'One two three.');
    const editor = display.start('mousepad', ['--disable-server', note]);
    await waitFor('mousepad has the keyboard', () => /note\.txt/.test(display.focusedTitle()), 30_000);
    await sleep(500);
    display.press('ctrl+a');
    await sleep(150);
    const targetId = await captured('One two three.');
    await endProgram(editor);
    const { typed, process: terminal } = await display.openTerminal('in its place');
    opened.push(terminal);
    const input = { targetId, text: 'lost', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/target-gone' } });
    expect(spawnSync('cat', [typed], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('a clipboard whose owner never answers cannot be lent: refused, and the field is as it was', async () => {
    const page = join(display.folder, 'page.html');
    writeFileSync(page, '<!doctype html><title>test-page</title><textarea autofocus>one two three</textarea>');
    const profile = `--user-data-dir=${join(display.folder, 'chromium')}`;
    const flags = ['--no-sandbox', '--no-first-run', '--password-store=basic', '--disable-gpu', profile];
    opened.push(display.start('chromium', [...flags, `file://${page}`]));
    await waitFor('chromium has the keyboard', () => /test-page/.test(display.focusedTitle()), 30_000);
    await sleep(1500);
    display.press('ctrl+a');
    await sleep(200);
    const targetId = await captured('one two three');
    const copied = join(display.folder, 'copied');
    writeFileSync(copied, 'Copied.');
    const owner = display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', copied]);
    opened.push(owner);
    await waitFor('it is copied', () => clipboard() === 'Copied.');
    process.kill(owner.pid ?? 0, 'SIGSTOP');
    const input = { targetId, text: 'lost', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/refused' } });
    process.kill(owner.pid ?? 0, 'SIGCONT');
    expect(clipboard()).toBe('Copied.');
    display.press('ctrl+a');
    await sleep(200);
    await captured('one two three');
  });

  function startDesktop(env: NodeJS.ProcessEnv): ChildProcess {
    return spawn(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
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

  function clipboard(): string {
    return spawnSync('xclip', ['-o', '-selection', 'clipboard'], { env: display.env, encoding: 'utf8' }).stdout;
  }
});
