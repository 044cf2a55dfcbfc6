import { type ChildProcess, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { endProgram, isAlive, sleep, stays, waitFor } from '../support/processes.ts';

const line = 'The tide turn at noon today.';
const answer = 'The tide turns at noon today.';
/** So long after the first key the process is killed: the way back comes some 25 ms after it. */
const momentsMs = [3, 6, 10, 14, 18, 25];

describeOnDesktop('a process that dies while its keys look at a selection', {}, ({ display, after, openNote }) => {
  let desktop: ChildProcess;
  let client: DesktopClient;
  let file: string;

  beforeEach(async () => {
    ({ file } = await openNote(`Before.\n${line}\nAfter.\n`));
    ({ desktop, client } = await startDesktop(display.env));
    after(() => endProgram(desktop));
  });

  const selected = () =>
    spawnSync('timeout', ['2', 'xclip', '-o', '-selection', 'primary'], { env: display.env, encoding: 'utf8' }).stdout;
  const runtime = () => display.env['XDG_RUNTIME_DIR'] ?? '';
  const kept = () => readdirSync(runtime()).filter((name) => name.startsWith('beckon-keys'));
  /** What is kept for the way back: the ends of what may have been pasted, none before the paste. */
  const keptEnds = (): number | null => {
    try {
      return (JSON.parse(readFileSync(join(runtime(), kept()[0] ?? ''), 'utf8')) as { ends: string[] }).ends.length;
    } catch {
      return null;
    }
  };

  async function capture(): Promise<string> {
    const captured = await client.call('selection.capture', {});
    if (captured.status !== 'captured') throw new Error(JSON.stringify(captured));
    expect(captured.selection.text).toBe(line);
    return captured.selection.targetId;
  }

  /** Kills it so long after it has noted the keys of a look before (`0`) or after (`1`) the paste; gives what is selected. */
  async function killIn(ends: 0 | 1, afterMs: number): Promise<string> {
    const end = Date.now() + 3000;
    while (keptEnds() !== ends && Date.now() < end) await new Promise(setImmediate);
    await sleep(afterMs);
    desktop.kill('SIGKILL');
    await waitFor('it is gone', () => !isAlive(desktop.pid ?? 0));
    await sameForAWhile(selected);
    return selected();
  }

  /** Until keys that were on their way have arrived. */
  async function sameForAWhile(what: () => string): Promise<void> {
    await waitFor('it has come to rest', async () => {
      const before = what();
      return stays('the same', 100, () => what() === before).then(
        () => true,
        () => false,
      );
    });
  }

  async function expectSaved(text: string): Promise<void> {
    const isThere = () => {
      display.press('ctrl+s');
      return readFileSync(file, 'utf8') === text;
    };
    await waitFor('it is in the file', isThere).catch(() => {});
    expect(readFileSync(file, 'utf8')).toBe(text);
  }

  it('leaves the selection as it was to the next one, which moves its end back', async () => {
    let altered = 0;
    for (const afterMs of momentsMs) {
      display.press('ctrl+Home', 'Down', 'Home', 'shift+End');
      await waitFor('it is selected', () => selected() === line);
      const targetId = await capture();
      const write = client.request('selection.putBack', { targetId, text: answer, mode: 'replace' });
      if ((await killIn(0, afterMs)) !== line) altered += 1;
      await write;
      ({ desktop, client } = await startDesktop(display.env));
      // The editor comes to the keys when it can.
      await waitFor('its end is moved back', () => selected() === line).catch(() => {});
      expect(selected()).toBe(line);
      expect(await capture()).toMatch(/./);
      expect(kept()).toEqual([]);
    }
    expect(altered).toBeGreaterThan(0);
    await expectSaved(`Before.\n${line}\nAfter.\n`);
  });

  it('leaves the caret behind what it has pasted to the next one, and nothing selected', async () => {
    display.press('ctrl+Home', 'Down', 'Home', 'shift+End');
    await waitFor('it is selected', () => selected() === line);
    const write = client.request('selection.putBack', { targetId: await capture(), text: answer, mode: 'replace' });
    await killIn(1, 8);
    await write;
    ({ desktop, client } = await startDesktop(display.env));
    display.type('!');
    await expectSaved(`Before.\n${answer}!\nAfter.\n`);
  });

  it('leaves alone what a person has selected since', async () => {
    display.press('ctrl+Home', 'Down', 'Home', 'shift+End');
    await waitFor('it is selected', () => selected() === line);
    const write = client.request('selection.putBack', { targetId: await capture(), text: answer, mode: 'replace' });
    await killIn(0, 8);
    await write;
    display.press('ctrl+Home', 'shift+End');
    await waitFor('another line is selected', () => selected() === 'Before.');
    ({ desktop, client } = await startDesktop(display.env));
    display.press('Delete');
    await expectSaved(`\n${line}\nAfter.\n`);
  });
});
