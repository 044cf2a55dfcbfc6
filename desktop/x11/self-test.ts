import { randomUUID } from 'node:crypto';
import type { RouteReport } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { ClipboardLease } from './clipboard-lease.ts';
import type { CopyRoute } from './copy-route.ts';
import type { Keyboard } from './keyboard.ts';
import { offerText } from './offered.ts';
import { SelectionReader } from './read-selection.ts';
import { SelectionOwner } from './selection-owner.ts';
import { X11Connection } from './x11-connection.ts';

export interface TestedParts {
  readonly x: X11Connection;
  readonly reader: SelectionReader;
  readonly lease: ClipboardLease;
  readonly keyboard: Keyboard;
  readonly copy: CopyRoute;
}

/** More than goes in one piece, so that the transfer in pieces is tried too. */
const sampleCharacters = 200_000;
const keyLimitMs = 2000;
const keyPressMask = 1;
const inputOnly = 2;
const pointerRoot = 1;

/**
 * Tries reading a selection, and the whole ways of a copy and of a paste, with a second connection to the display in place of another
 * application. What the person has selected and copied stays: the selection is one of its own name, the clipboard is lent.
 */
export async function testRoutes(parts: TestedParts): Promise<readonly RouteReport[]> {
  const other = new X11Connection();
  try {
    const selection = await report('selection', () => readFrom(other, parts.reader));
    const copy = await report('copy', () => copyFrom(other, parts));
    return [selection, copy, await report('paste', () => pasteInto(other, parts))];
  } finally {
    other.dispose();
  }
}

/** Throws what stands in the way. */
async function readFrom(other: X11Connection, reader: SelectionReader): Promise<void> {
  const utf8 = await other.atom('UTF8_STRING');
  const data = Buffer.from('潮 tide '.repeat(sampleCharacters / 7), 'utf8');
  const formats = [{ target: utf8, type: utf8, units: 8, data }];
  const nobody = { onRequest: () => {}, onLost: () => {} };
  const window = await new SelectionReader(other).window();
  const owner = await SelectionOwner.own(other, window, 'BECKON_SELF_TEST', formats, nobody);
  try {
    const read = await reader.read('BECKON_SELF_TEST', 'UTF8_STRING');
    if (read === null || !read.equals(data)) throw new AppError('capture/not-answering', 'another text came');
  } finally {
    await owner.release();
  }
}

/** Asks a window that nobody sees to copy; it does as an application would, at the time of the key. */
async function copyFrom(other: X11Connection, { reader, copy }: TestedParts): Promise<void> {
  const window = await makeWindow(other);
  const sample = `Beckon ${randomUUID()} 招之`;
  const utf8 = await other.atom('UTF8_STRING');
  const formats = [{ target: utf8, type: utf8, units: 8, data: Buffer.from(sample, 'utf8') }];
  const nobody = { onRequest: () => {}, onLost: () => {} };
  const before = await reader.read('CLIPBOARD', 'UTF8_STRING').catch(() => null);
  const end = other.onEvent((event) => {
    if (event.name !== 'KeyPress' || event.wid !== window) return;
    void SelectionOwner.own(other, window, 'CLIPBOARD', formats, nobody, event.time);
  });
  try {
    if ((await copy.read(window)) !== sample) throw new AppError('capture/not-answering', 'another text came');
  } finally {
    end();
    (await other.client()).DestroyWindow(window);
  }
  await requireClipboard(reader, before);
}

/** Lends the clipboard, presses Ctrl+V in a window that nobody sees, and reads there what a paste would get. */
async function pasteInto(other: X11Connection, { x, reader, lease, keyboard }: TestedParts): Promise<void> {
  const client = await other.client();
  const window = await makeWindow(other);
  client.MapWindow(window);
  const before = await reader.read('CLIPBOARD', 'UTF8_STRING').catch(() => null);
  const focused = await new Promise<number>((resolve, reject) => {
    client.GetInputFocus((error, { focus }) => (error ? reject(error) : resolve(focus)));
  });
  const sample = `Beckon ${randomUUID()} 招之`;
  try {
    client.SetInputFocus(window, pointerRoot);
    await x.selectionOwner('CLIPBOARD');
    const pasted = await lease.during(offerText(sample), async () => {
      const pressed = nextKey(other, window);
      await keyboard.press('v', 'Control');
      await pressed;
      return new SelectionReader(other).read('CLIPBOARD', 'UTF8_STRING');
    });
    if (pasted?.toString('utf8') !== sample) throw new AppError('put-back/refused', 'another text came');
  } finally {
    client.SetInputFocus(focused, pointerRoot);
    client.DestroyWindow(window);
  }
  await requireClipboard(reader, before);
}

/** Not managed by the window manager, and not seen. */
async function makeWindow(other: X11Connection): Promise<number> {
  const client = await other.client();
  const window = client.AllocID();
  const values = { eventMask: keyPressMask, overrideRedirect: 1 } as const;
  client.CreateWindow(window, await other.root(), 0, 0, 1, 1, 0, 0, inputOnly, 0, values);
  return window;
}

async function requireClipboard(reader: SelectionReader, before: Buffer | null): Promise<void> {
  const after = await reader.read('CLIPBOARD', 'UTF8_STRING').catch(() => null);
  if (before !== null && !after?.equals(before)) throw new AppError('put-back/refused', 'the clipboard is another');
}

/** Resolves with the second key that goes down in a window: Control comes first. */
async function nextKey(x: X11Connection, window: number): Promise<void> {
  let keys = 0;
  let end = () => {};
  const came = new Promise<void>((resolve) => {
    end = x.onEvent((event) => {
      if (event.name === 'KeyPress' && event.wid === window && ++keys === 2) resolve();
    });
  });
  await withTimeLimit(came, keyLimitMs, 'put-back/refused').finally(() => end());
}

async function report(route: RouteReport['route'], work: () => Promise<void>): Promise<RouteReport> {
  try {
    await work();
    return { route, status: 'works', values: {}, cause: null };
  } catch (error) {
    return { route, status: 'fails', values: {}, cause: toErrorShape(error) };
  }
}
