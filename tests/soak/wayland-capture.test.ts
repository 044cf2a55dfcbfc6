import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { endProgram, endTree, sleep, waitFor } from '../support/processes.ts';
import { WaylandDesktop } from '../support/wayland-desktop.ts';
import { WaylandPointer } from '../support/wayland-pointer.ts';

const line = 'The tide turns at noon. 潮水正午转向。';

async function start(compositor: 'sway' | 'weston') {
  const wayland = await WaylandDesktop.start({ compositor, accessibility: true });
  const desktop = wayland.start(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const client = new WireClient(createProcessChannel(desktop), desktopContract);
  const capture = async () => {
    const answer = await client.call('selection.capture', {});
    return answer.status === 'captured' ? answer.selection : answer.cause.code;
  };
  return { wayland, client, capture };
}

/** The process that reads other applications, alone, in a compositor with a real terminal and a real editor. */
describe('selected text in headless sway', () => {
  let on: Awaited<ReturnType<typeof start>>;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    on = await start('sway');
  });

  afterEach(async () => {
    for (const child of opened.splice(0)) await endTree(child);
  });

  afterAll(async () => {
    await on?.wayland.stop();
  });

  it('of a terminal comes by data-control, and is old once another window has the keyboard', async () => {
    const { wayland, capture } = on;
    opened.push(wayland.start('foot', ['-T', 'lines', 'sh', '-c', `echo '${line}'; exec sleep 1000`]));
    await waitFor('foot has the keyboard', () => wayland.focusedTitle() === 'lines', 20_000);
    await sleep(500);
    const pointer = await WaylandPointer.open(wayland.env);
    await pointer.moveTo(40, 9);
    await pointer.click(3);
    pointer.close();
    await sleep(300);
    expect(await capture()).toMatchObject({ text: expect.stringContaining(line), route: 'primary', editable: 'no' });
    opened.push(wayland.start('foot', ['-T', 'another']));
    await waitFor('the other has the keyboard', () => wayland.focusedTitle() === 'another', 20_000);
    expect(await capture()).toMatchObject({ fresh: false });
  });

  it('is not all: the clipboard is described and read', async () => {
    const { wayland, client } = on;
    wayland.start('wl-copy', ['--', 'In the clipboard. 剪贴板。']);
    await sleep(500);
    expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content: 'text' } });
    expect(await client.call('clipboard.readText', {})).toEqual({
      status: 'available',
      value: 'In the clipboard. 剪贴板。',
    });
    const reports = await client.call('desktop.selfTest', {});
    expect(reports.map(({ route, status }) => `${route} ${status}`)).toEqual([
      'accessibility works',
      'clipboard works',
      'selection works',
      'paste absent',
    ]);
  });

  it('of an editor of GTK 4 comes by accessibility, and is put back and taken back in its place', async () => {
    const { wayland, client, capture } = on;
    const note = join(wayland.folder, 'note.txt');
    writeFileSync(note, `${line}\n`);
    opened.push(wayland.start('gnome-text-editor', ['--standalone', note]));
    await waitFor('the editor has the keyboard', () => /note\.txt/.test(wayland.focusedTitle()), 30_000);
    await sleep(1500);
    wayland.type('-s', '400', '-M', 'ctrl', '-k', 'a', '-m', 'ctrl', '-s', '200');
    await sleep(500);
    const selection = await capture();
    expect(selection).toMatchObject({ route: 'accessibility', editable: 'in-place', fresh: true });
    if (typeof selection === 'string') return;
    expect(selection.text.trim()).toBe(line);
    const { targetId } = selection;
    const put = await client.call('selection.putBack', { targetId, text: 'Ebbe um zwölf. 换好了。', mode: 'replace' });
    expect(put).toMatchObject({ status: 'done', route: 'accessibility' });
    wayland.type('-s', '400', '-M', 'ctrl', '-k', 'a', '-m', 'ctrl', '-s', '200');
    await sleep(500);
    expect(await capture()).toMatchObject({ text: 'Ebbe um zwölf. 换好了。' });
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
  });

  it.each([
    ['one paragraph', line],
    ['several paragraphs', `${line}\nThe ferry is late.`],
  ])('of an office of %s comes whole', async (name, text) => {
    const { wayland, capture } = on;
    const note = join(wayland.folder, `${name}.txt`);
    writeFileSync(note, text);
    const profile = `-env:UserInstallation=file://${join(wayland.folder, `profile-${text.length}`)}`;
    opened.push(wayland.start('soffice', ['--writer', '--norestore', '--nologo', profile, note]));
    await waitFor('the office has the keyboard', () => wayland.focusedTitle().includes(`${name}.txt`), 60_000);
    await sleep(6000);
    wayland.type('-s', '400', '-M', 'ctrl', '-k', 'a', '-m', 'ctrl', '-s', '200');
    await sleep(800);
    expect(await capture()).toMatchObject({ text, fresh: true });
  });

  it('cannot be read without wl-clipboard, which is named', async () => {
    const { wayland } = on;
    wayland.start('wl-copy', ['--', 'In the clipboard.']);
    await sleep(500);
    const env = { ...wayland.env, PATH: '/nowhere' };
    const desktop = spawn(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    opened.push(desktop);
    const client = new WireClient(createProcessChannel(desktop), desktopContract);
    const denied = { status: 'denied', cause: { code: 'capture/helper-missing' } };
    expect(await client.call('clipboard.readText', {})).toMatchObject(denied);
  });
});

describe('selected text in headless weston, which has no data-control', () => {
  it('ends in a cause that says so', async () => {
    const { wayland, capture } = await start('weston');
    try {
      const foot = wayland.start('foot', ['-T', 'lines', 'sh', '-c', `echo '${line}'; exec sleep 1000`]);
      await sleep(2500);
      expect(await capture()).toBe('capture/compositor-unsupported');
      await endProgram(foot);
    } finally {
      await wayland.stop();
    }
  });
});
