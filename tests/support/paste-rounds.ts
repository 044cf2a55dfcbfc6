import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from 'vitest';
import type { desktopContract } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import type { WireClient } from '../../wire/client.ts';
import { checkout, nodeExecutable } from './beckon-app.ts';
import type { Browser } from './browser.ts';
import { clipboardContents } from './clipboard-contents.ts';
import type { TestDisplay } from './display.ts';
import { endProgram, waitFor } from './processes.ts';

/** A process of its own that owns the clipboard and offers four formats, one of them in pieces (INCR). */
export async function ownClipboard(display: TestDisplay, seed: number): Promise<ChildProcess> {
  const owner = spawn(nodeExecutable, [join(checkout, 'tests', 'fakes', 'clipboard-owner.ts'), String(seed)], {
    env: display.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(owner.stdout as Readable, 'data')) as [Buffer];
  expect(line.toString()).toBe('owns\n');
  return owner;
}

/**
 * What a reader gives, asked again while the owner has not answered in the time that the reader leaves it: on a busy machine its
 * turn comes later, and what it gives is what a case is about.
 */
export async function untilAnswered<Value>(what: string, read: () => Promise<Value>): Promise<Value> {
  const answered = await waitFor(what, () =>
    read().then(
      (value) => ({ value }),
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'capture/not-answering') return null;
        throw error;
      },
    ),
  );
  return answered.value;
}

/** Every byte of every format, read by this process, which is neither Beckon's nor the owner's. */
export async function expectClipboard(display: TestDisplay, seed: number): Promise<void> {
  const x = new X11Connection(display.env['DISPLAY']);
  const reader = new SelectionReader(x);
  const contents = clipboardContents(seed);
  for (const { target, data } of contents) {
    const atom = await x.atom(target);
    const value = await untilAnswered(`the clipboard is given as ${target}`, () => reader.readValue('CLIPBOARD', atom));
    expect(value?.data.equals(data), target).toBe(true);
  }
  const byXclip = spawnSync('xclip', ['-o', '-selection', 'clipboard'], { env: display.env });
  expect(byXclip.stdout.equals(contents[0]?.data ?? Buffer.alloc(0))).toBe(true);
  x.dispose();
}

/**
 * One round in the focused text area of a page: a word in the middle is selected, pasted over, and the text, the clipboard
 * and the focus are as they should be afterwards.
 */
export async function pasteOnce(
  display: TestDisplay,
  page: Browser,
  client: WireClient<typeof desktopContract>,
  round: number,
): Promise<void> {
  const owner = await ownClipboard(display, round);
  const capture = async () => {
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    return answer.selection;
  };
  await page.press('ctrl+a', 'BackSpace');
  await page.type(`Before ${round} middle after.`);
  await page.press('Home', ...Array.from({ length: `Before ${round} `.length }, () => 'Right'));
  await page.select(...Array.from({ length: 6 }, () => 'shift+Right'));
  const selection = await capture();
  expect(selection).toMatchObject({ text: 'middle', route: 'primary', editable: 'by-paste', fresh: true });
  const text = `新的 ${round} words`;
  const answer = await client.call('selection.putBack', { targetId: selection.targetId, text, mode: 'replace' });
  expect(answer).toMatchObject({ status: 'done', route: 'paste' });
  expect(display.focusedTitle()).toMatch(/test-page/);
  await expectClipboard(display, round);
  await page.select('ctrl+a');
  expect(await capture()).toMatchObject({ text: `Before ${round} ${text} after.` });
  await endProgram(owner);
}
