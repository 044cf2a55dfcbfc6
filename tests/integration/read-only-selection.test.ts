import { expect, it } from 'vitest';
import type { CaptureAnswer } from '../../contract/desktop.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const options = { display: { accessibility: true }, desktop: true } as const;

describeOnDesktop('selected text that nothing is written over', options, (desk) => {
  const { display, client, keep, open, openNote, select, selectBy, write } = desk;

  async function capture() {
    const answer: CaptureAnswer = await client.call('selection.capture', {});
    return answer.status === 'captured' ? answer.selection : answer.cause.code;
  }

  it('of a terminal is read, and never written to', async () => {
    await open('xterm', ['-T', 'lines', '-e', 'sh', '-c', 'echo "The tide turns at noon."; exec cat'], /lines/);
    const shell = display.xdotool('search', '--name', 'lines', 'getwindowgeometry', '--shell');
    const place = (axis: string) => Number(new RegExp(`${axis}=(\\d+)`).exec(shell)?.[1]);
    const [x, y] = [String(place('X') + 60), String(place('Y') - 17)];
    await selectBy('The tide turns at noon.\n', () =>
      display.xdotool('mousemove', x, y, 'click', '--repeat', '3', '1'),
    );
    const selection = await capture();
    expect(selection).toMatchObject({ text: 'The tide turns at noon.\n', editable: 'no', fresh: true });
    if (typeof selection === 'string') return;
    const input = { targetId: selection.targetId, text: 'rm', mode: 'replace' as const };
    expect(await client.call('selection.putBack', input)).toMatchObject({ cause: { code: 'put-back/not-editable' } });
  });

  it('of another window, from before, is told as old', async () => {
    const held = display.start('xclip', [
      '-quiet',
      '-selection',
      'primary',
      '-i',
      write('old.txt', 'An old selection.'),
    ]);
    keep(held);
    await open('xterm', ['-T', 'another', '-e', 'cat'], /another/);
    const old = await capture();
    expect(old).toMatchObject({ text: 'An old selection.', fresh: false, editable: 'no' });
    // A program without a window may keep what was selected in this very one.
    expect(old).not.toHaveProperty('elsewhere');
  });

  it('of another window that is still open is told as of another one', async () => {
    await openNote('Selected elsewhere.');
    await select('Selected elsewhere.', 'ctrl+a');
    await open('xterm', ['-T', 'in front', '-e', 'cat'], /in front/);
    expect(await capture()).toMatchObject({ text: 'Selected elsewhere.', fresh: false, elsewhere: true });
  });

  it.each([
    ['only white space', '  \n\t ', 'capture/nothing-selected'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 255, 254]), 'capture/not-text'],
    ['50 MB', Buffer.alloc(50_000_000, 'word '), 'capture/too-large'],
  ])('of %s ends in its cause', async (_, content, code) => {
    keep(display.start('xclip', ['-quiet', '-selection', 'primary', '-i', write('content', content)]));
    await waitFor('it is owned', () => display.targets('primary').includes('TARGETS'));
    expect(await capture()).toBe(code);
  });

  it('whose owner never answers ends in its cause, and the next one is read', async () => {
    const held = display.start('xclip', ['-quiet', '-selection', 'primary', '-i', write('held', 'Held.')]);
    keep(held);
    await waitFor('it is owned', async () => (await capture()) !== 'capture/nothing-selected');
    process.kill(held.pid ?? 0, 'SIGSTOP');
    expect(await capture()).toBe('capture/not-answering');
    process.kill(held.pid ?? 0, 'SIGCONT');
    await waitFor('it answers again', () => display.selection('primary') === 'Held.');
    expect(await capture()).toMatchObject({ text: 'Held.' });
  });
});
