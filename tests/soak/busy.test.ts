import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { endTree, processTree, sleep, waitFor } from '../support/processes.ts';

const line = 'The tide turns at noon. 潮水正午转向。';
/** In an office each paragraph is an object of its own, of which the accessibility interface tells one. */
const texts = [
  { name: 'one paragraph, to be written in its place', text: line, route: 'accessibility' },
  { name: 'several paragraphs, and never one of them alone', text: `${line}\nThe ferry is late.`, route: 'primary' },
] as const;

/** As on a loaded machine: longer than each question waits for its answer, and shorter than two of them. */
const busyMs = 450;
/** A capture takes some 8 ms, so that the application stops between each two of its answers. */
const stopsAfterMs = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const rounds = 3;

const options = { display: { accessibility: true }, desktop: true } as const;

describeOnDesktop('an office that is busy for a moment while its selection is read', options, (desk) => {
  const { display, client, after } = desk;

  it.each(texts)('tells $name', async ({ text, route }) => {
    const office = await openWriter(text);
    display.press('ctrl+a');
    await sleep(600);
    for (let round = 0; round < rounds; round += 1) {
      for (const afterMs of stopsAfterMs) {
        const answer = await captureWhileBusy(office, afterMs);
        const selection = answer.status === 'captured' ? answer.selection : null;
        expect(selection?.text.trim(), `busy after ${afterMs} ms`).toBe(text);
        expect(selection, `busy after ${afterMs} ms`).toMatchObject({ route, fresh: true });
      }
    }
  });

  /** Answers the process that does an office's work, which is not the one that was started. */
  async function openWriter(text: string): Promise<number> {
    expect(spawnSync('which', ['soffice']).status, 'soffice is not installed').toBe(0);
    const folder = join(display.folder, `${text.length}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'note.txt'), text);
    const child = display.start('soffice', ['--writer', '--norestore', '--nologo', join(folder, 'note.txt')]);
    after(() => endTree(child));
    await waitFor('it has the keyboard', () => /note\.txt/.test(display.focusedTitle()), 60_000);
    await sleep(6000);
    const office = processTree(child.pid ?? 0).find(({ command }) => command.includes('soffice.bin'));
    if (office === undefined) throw new Error('there is no office');
    return office.pid;
  }

  async function captureWhileBusy(pid: number, afterMs: number) {
    const answer = client.call('selection.capture', {});
    const end = performance.now() + afterMs;
    do await new Promise((resolve) => setImmediate(resolve));
    while (performance.now() < end);
    process.kill(pid, 'SIGSTOP');
    await sleep(busyMs);
    process.kill(pid, 'SIGCONT');
    return answer.finally(() => sleep(100));
  }
});
