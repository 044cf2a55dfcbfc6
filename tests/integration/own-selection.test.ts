import { expect, it } from 'vitest';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { SelectionOwner } from '../../desktop/x11/selection-owner.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { type DesktopClient, startDesktop } from '../support/desktop-process.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const answer = 'The answer of yesterday. 昨天的回答。';

let x: X11Connection;
const options: DesktopOptions = {
  stage: async (display, ends) => {
    x = ends.adopt(new X11Connection(display.env['DISPLAY']), (connection) => connection.dispose());
    await display.openTerminal();
  },
};

describeOnDesktop('text that Beckon itself has on the display', options, ({ display, keep, after, write }) => {
  let client: DesktopClient;

  /** Another program that has selected a text; its process id. */
  async function select(text: string): Promise<number> {
    const file = write('selected', text);
    const before = await x.selectionOwner('PRIMARY');
    const owner = keep(display.start('xclip', ['-quiet', '-selection', 'primary', '-i', file]));
    await waitFor('it is selected', async () => ![0, before].includes(await x.selectionOwner('PRIMARY')));
    return owner.pid ?? 0;
  }

  async function start(shellProcessId: number): Promise<void> {
    const started = await startDesktop({ ...display.env, BECKON_SHELL_PID: String(shellProcessId) });
    keep(started.desktop);
    client = started.client;
  }

  const capture = () => client.call('selection.capture', {});

  // An answer that was selected or copied in Beckon came back as "Selection", under the name of the window in front.
  it('is not offered as selected when one of its windows has selected it', async () => {
    await start(await select(answer));
    expect(await capture()).toMatchObject({ status: 'failed', cause: { code: /nothing-selected|terminal/ } });
  });

  it('is not offered when a program that keeps copies has taken it over', async () => {
    await start(1);
    await client.call('clipboard.writeText', { text: answer });
    await select(answer);
    expect(await capture()).toMatchObject({ status: 'failed' });
    await select('What another window has selected.');
    expect(await capture()).toMatchObject({ selection: { text: 'What another window has selected.', fresh: false } });
  });

  it.each([
    ['a time that has not come yet', 19, 600_000],
    ['nothing but a zero', 19, null],
    ['a list of atoms', 4, 0],
  ])('and the clipboard of an owner that tells %s has no age', async (_, type, ahead) => {
    await start(1);
    const reader = new SelectionReader(x);
    const now = (await reader.serverTime()) ?? 0;
    const data = Buffer.alloc(4);
    if (ahead !== null) data.writeUInt32LE((now + ahead) >>> 0);
    const [target, utf8] = await Promise.all([x.atom('TIMESTAMP'), x.atom('UTF8_STRING')]);
    const formats = [
      { target, type, units: 32, data },
      { target: utf8, type: utf8, units: 8, data: Buffer.from('Copied.') },
    ];
    const nobody = { onRequest: () => {}, onLost: () => {} };
    const owner = await SelectionOwner.own(x, await reader.window(), 'CLIPBOARD', formats, nobody);
    after(() => owner.release());
    const described = await client.call('clipboard.describe', {});
    expect(described).toEqual({ status: 'available', value: { content: 'text', ageMs: null } });
  });

  it('and the clipboard that was copied before the clock of the display started over has its age', async () => {
    await start(1);
    const reader = new SelectionReader(x);
    const now = (await reader.serverTime()) ?? 0;
    const data = Buffer.alloc(4);
    // Later than now by 32 bits, as from before the clock started over, and not long ago for all that.
    data.writeUInt32LE((now - 5000) >>> 0);
    const formats = [{ target: await x.atom('TIMESTAMP'), type: 19, units: 32, data }];
    const nobody = { onRequest: () => {}, onLost: () => {} };
    const owner = await SelectionOwner.own(x, await reader.window(), 'CLIPBOARD', formats, nobody);
    after(() => owner.release());
    const described = await client.call('clipboard.describe', {});
    expect(described.status === 'available' ? described.value.ageMs : null).toBeGreaterThanOrEqual(5000);
  });
});
