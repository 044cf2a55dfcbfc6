import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { Context } from '../../core/context/context.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { clipboardContents } from '../support/clipboard-contents.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { endProgram, waitFor } from '../support/processes.ts';

describeOnDesktop('the clipboard of a real display', { desktop: true }, ({ display, client, keep, write }) => {
  /** A program that holds the given bytes under one name, and under the names that xclip adds to it. */
  async function hold(content: string | Buffer, target: string): Promise<ChildProcess> {
    const holding = ['-quiet', '-selection', 'clipboard', '-t', target, '-i', write('held', content)];
    const owner = keep(display.start('xclip', holding));
    await waitFor('it is held', async () => (await client.call('clipboard.describe', {})).status === 'available');
    return owner;
  }

  it('that is empty is nothing', async () => {
    expect(await client.call('clipboard.describe', {})).toEqual({ status: 'nothing', cause: null });
    expect(await client.call('clipboard.readText', {})).toEqual({ status: 'nothing', cause: null });
  });

  it('is told by its names alone, and its text is read in both languages', async () => {
    await hold('Copied words 复制的文字', 'UTF8_STRING');
    expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content: 'text' } });
    const read = await client.call('clipboard.readText', {});
    expect(read).toEqual({ status: 'available', value: 'Copied words 复制的文字' });
  });

  it('of four formats is rich text, and the plain form of it is read', async () => {
    const owner = spawn(nodeExecutable, [join(checkout, 'tests', 'fakes', 'clipboard-owner.ts'), '7'], {
      env: display.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    keep(owner);
    await once(owner.stdout as Readable, 'data');
    const text = clipboardContents(7)[0]?.data.toString('utf8');
    expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content: 'rich-text' } });
    expect(await client.call('clipboard.readText', {})).toEqual({ status: 'available', value: text });
  });

  it.each([
    ['image/png', 'image'],
    ['text/uri-list', 'files'],
    ['application/x-unknown', 'other'],
  ])('with %s holds no text, and says so', async (target, content) => {
    await hold('file:///etc/hostname\n', target);
    expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content } });
    const read = await client.call('clipboard.readText', {});
    expect(read).toMatchObject({ status: 'denied', cause: { code: 'capture/not-text' } });
  });

  it('whose owner gives a text for the time of the copy has no age', async () => {
    await hold('yesterday', 'TIMESTAMP');
    expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content: 'other', ageMs: null } });
  });

  it('that a password manager marks is not read', async () => {
    await hold('secret', 'x-kde-passwordManagerHint');
    expect(await client.call('clipboard.describe', {})).toMatchObject({ value: { content: 'secret' } });
    const read = await client.call('clipboard.readText', {});
    expect(read).toMatchObject({ status: 'denied', cause: { code: 'capture/clipboard-secret' } });
  });

  it('whose owner never answers ends in its cause', async () => {
    const owner = await hold('Held.', 'UTF8_STRING');
    process.kill(owner.pid ?? 0, 'SIGSTOP');
    const answers = [await client.call('clipboard.describe', {}), await client.call('clipboard.readText', {})];
    process.kill(owner.pid ?? 0, 'SIGCONT');
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'denied', cause: { code: 'capture/not-answering' } });
  });

  it('that was emptied before it could be read is said to be empty, in its chip', async () => {
    const owner = await hold('Soon gone.', 'UTF8_STRING');
    const context = new Context({
      capture: () => client.call('selection.capture', {}),
      describeClipboard: () => client.call('clipboard.describe', {}),
      readClipboard: () => client.call('clipboard.readText', {}),
      now: Date.now,
      onText: () => {},
    });
    await context.capture();
    const clipboardChip = () => context.state.value.chips.find(({ kind }) => kind === 'clipboard');
    expect(clipboardChip()).toMatchObject({ status: 'offered', on: false });
    await endProgram(owner);
    await context.turn(clipboardChip()?.id ?? '', true);
    expect(clipboardChip()).toMatchObject({ status: 'failed', cause: { code: 'capture/clipboard-empty' } });
  });
});
