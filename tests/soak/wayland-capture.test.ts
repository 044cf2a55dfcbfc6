import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { endProgram, sleep, waitFor } from '../support/processes.ts';
import { WaylandDesktop } from '../support/wayland-desktop.ts';
import { WaylandPointer } from '../support/wayland-pointer.ts';

const line = 'The tide turns at noon. 潮水正午转向。';

describe.each(['sway', 'weston'] as const)('selected text on Wayland, in %s', (compositor) => {
  let wayland: WaylandDesktop;
  let client: WireClient<typeof desktopContract>;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    wayland = await WaylandDesktop.start({ compositor, accessibility: true });
    const desktop = wayland.start(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    client = new WireClient(createProcessChannel(desktop), desktopContract);
  });

  afterEach(async () => {
    for (const child of opened.splice(0)) await endProgram(child);
  });

  afterAll(async () => {
    await wayland?.stop();
  });

  async function capture() {
    const answer = await client.call('selection.capture', {});
    return answer.status === 'captured' ? answer.selection : answer.cause;
  }

  it('foot', async () => {
    const script = `echo '${line}'; exec sleep 1000`;
    opened.push(wayland.start('foot', ['-T', 'lines', 'sh', '-c', script]));
    if (compositor === 'sway') await waitFor('foot has the keyboard', () => wayland.focusedTitle() === 'lines', 20_000);
    else await sleep(2000);
    await sleep(500);
    console.log(compositor, await client.call('desktop.describe', {}), await capture());
    if (compositor === 'sway') {
      const pointer = await WaylandPointer.open(wayland.env);
      await pointer.moveTo(40, 9);
      await pointer.click(3);
      await sleep(300);
      console.log(await capture());
      opened.push(wayland.start('foot', ['-T', 'another']));
      await waitFor('the other has the keyboard', () => wayland.focusedTitle() === 'another', 20_000);
      console.log('other', await capture());
      wayland.start('wl-copy', ['--', 'In the clipboard.']);
      await sleep(300);
      console.log(await client.call('clipboard.describe', {}), await client.call('clipboard.readText', {}));
      pointer.close();
    }
  });

  it('gte', async () => {
    const note = join(wayland.folder, 'note.txt');
    writeFileSync(note, `First.\n${line}\nLast.\n`);
    opened.push(wayland.start('gnome-text-editor', ['--standalone', note]));
    if (compositor === 'sway') await waitFor('editor', () => /note/.test(wayland.focusedTitle()), 30_000);
    await sleep(3000);
    if (compositor === 'sway') wayland.type('-s', '300', '-M', 'ctrl', '-k', 'a', '-m', 'ctrl', '-s', '200');
    await sleep(600);
    if (compositor === 'sway') wayland.run('grim', '/tmp/wl-probe/gte-sway.png');
    console.log(await client.call('window.active', {}));
    const found = await capture();
    console.log(found);
    if ('targetId' in found) {
      const { targetId } = found;
      console.log(await client.call('selection.putBack', { targetId, text: 'Neu.', mode: 'replace' }));
      wayland.run('grim', '/tmp/wl-probe/gte-sway2.png');
      console.log(await client.call('selection.undo', { targetId }));
    }
  });
});
