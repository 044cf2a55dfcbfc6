import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { XEvent } from 'x11';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { sleep, waitFor } from '../support/processes.ts';

type SelectionRequest = Extract<XEvent, { name: 'SelectionRequest' }>;

let owner: X11Connection;
let asking: X11Connection;
const options: DesktopOptions = {
  stage: async ({ env }, ends) => {
    owner = ends.adopt(new X11Connection(env['DISPLAY']), (connection) => connection.dispose());
    asking = ends.adopt(new X11Connection(env['DISPLAY']), (connection) => connection.dispose());
  },
};

describeOnDesktop('a selection whose owner was busy when it was asked first', options, ({ display, keep, write }) => {
  it('is read when it is asked again: the late answer is not taken for the new one, which is not there yet', async () => {
    const requests: SelectionRequest[] = [];
    const end = owner.onEvent((event) => event.name === 'SelectionRequest' && requests.push(event));
    const client = await owner.client();
    client.SetSelectionOwner(await new SelectionReader(owner).window(), await owner.atom('PRIMARY'), 0);
    const reader = new SelectionReader(asking);
    await waitFor('it is owned', async () => (await asking.selectionOwner('PRIMARY')) !== 0);
    await expect(reader.read('PRIMARY', 'UTF8_STRING')).rejects.toMatchObject({ code: 'capture/not-answering' });
    const asked = reader.read('PRIMARY', 'UTF8_STRING');
    await waitFor('it was asked twice', () => requests.length === 2);
    for (const { requestor, selection, target, property, time } of requests) {
      client.ChangeProperty(0, requestor, property, target, 8, Buffer.from('Selected.'));
      client.SendEvent(requestor, 0, 0, { name: 'SelectionNotify', time, requestor, selection, target, property });
      // A late answer and the one that is asked for come one after the other.
      await sleep(100);
    }
    expect(String(await asked)).toBe('Selected.');
    end();
  });

  it('that answers with much when nobody waits any more goes on answering others', async () => {
    const { program, bytes } = await holdMuch();
    process.kill(program.pid ?? 0, 'SIGSTOP');
    const reader = new SelectionReader(asking);
    await expect(reader.read('PRIMARY', 'UTF8_STRING')).rejects.toMatchObject({ code: 'capture/not-answering' });
    process.kill(program.pid ?? 0, 'SIGCONT');
    await othersRead(bytes);
  });

  it('that has more than is taken goes on answering others', async () => {
    const { bytes } = await holdMuch();
    const reader = new SelectionReader(asking);
    await expect(reader.read('PRIMARY', 'UTF8_STRING')).rejects.toMatchObject({ code: 'capture/too-large' });
    await othersRead(bytes);
    await expect(reader.read('PRIMARY', 'UTF8_STRING')).rejects.toMatchObject({ code: 'capture/too-large' });
    await othersRead(bytes);
  });

  /** A real program that sends in pieces, and answers nobody while one of them is not taken. */
  async function holdMuch() {
    const bytes = 20_000_000;
    const file = write('much', Buffer.alloc(bytes, 'words '));
    const before = await asking.selectionOwner('PRIMARY');
    const program = keep(display.start('xclip', ['-quiet', '-selection', 'primary', '-t', 'UTF8_STRING', '-i', file]));
    await waitFor('it is held', async () => (await asking.selectionOwner('PRIMARY')) !== before);
    return { program, bytes };
  }

  async function othersRead(bytes: number): Promise<void> {
    const read = ['-o', '-selection', 'primary', '-t', 'UTF8_STRING'];
    // It takes no second question while it sends.
    const othersGot = () =>
      spawnSync('xclip', read, { env: display.env, timeout: 2000, maxBuffer: 2 * bytes }).stdout.length;
    await waitFor('it answers others', () => othersGot() === bytes);
  }
});
