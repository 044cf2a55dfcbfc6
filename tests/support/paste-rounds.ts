import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from 'vitest';
import type { desktopContract } from '../../contract/desktop.ts';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import type { WireClient } from '../../wire/client.ts';
import { checkout, nodeExecutable } from './beckon-app.ts';
import { clipboardContents } from './clipboard-contents.ts';
import type { TestDisplay } from './display.ts';
import { endProgram, sleep, waitFor } from './processes.ts';

/** Chromium with a page of our own and the keyboard in it. */
export async function openChromium(display: TestDisplay, html: string): Promise<ChildProcess> {
  const page = join(display.folder, 'page.html');
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><title>test-page</title>${html}`);
  const child = display.start('chromium', [
    '--no-sandbox',
    '--no-first-run',
    '--password-store=basic',
    '--disable-gpu',
    `--user-data-dir=${join(display.folder, `chromium-${Date.now()}`)}`,
    '--window-size=900,600',
    `file://${page}`,
  ]);
  await waitFor('chromium has the keyboard', () => /test-page/.test(display.focusedTitle()), 30_000);
  await sleep(1600);
  return child;
}

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

/** Every byte of every format, read by this process, which is neither Beckon's nor the owner's. */
export async function expectClipboard(display: TestDisplay, seed: number): Promise<void> {
  const x = new X11Connection(display.env['DISPLAY']);
  const reader = new SelectionReader(x);
  const contents = clipboardContents(seed);
  for (const { target, data } of contents) {
    const value = await reader.readValue('CLIPBOARD', await x.atom(target));
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
  client: WireClient<typeof desktopContract>,
  round: number,
): Promise<void> {
  const owner = await ownClipboard(display, round);
  const capture = async () => {
    const answer = await client.call('selection.capture', {});
    if (answer.status !== 'captured') throw new Error(answer.cause.code);
    return answer.selection;
  };
  display.press('ctrl+a', 'BackSpace');
  display.type(`Before ${round} middle after.`, 1);
  display.press('Home', ...Array.from({ length: `Before ${round} `.length }, () => 'Right'));
  display.press(...Array.from({ length: 6 }, () => 'shift+Right'));
  await sleep(150);
  const selection = await capture();
  expect(selection).toMatchObject({ text: 'middle', route: 'primary', editable: 'by-paste', fresh: true });
  const text = `新的 ${round} words`;
  const answer = await client.call('selection.putBack', { targetId: selection.targetId, text, mode: 'replace' });
  expect(answer).toMatchObject({ status: 'done', route: 'paste' });
  expect(display.focusedTitle()).toMatch(/test-page/);
  await expectClipboard(display, round);
  display.press('ctrl+a');
  await sleep(100);
  expect(await capture()).toMatchObject({ text: `Before ${round} ${text} after.` });
  await endProgram(owner);
}
