import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasteRoute } from '../../../desktop/x11/paste-route.ts';

// Waits are stepped through.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
}));

const windowId = 7;
const window = { windowId: String(windowId), processId: 1, application: 'chromium', title: null };
const atoms = ['WM_PROTOCOLS', '_NET_WM_PING', 'TARGETS', 'TIMESTAMP', 'text/html', 'UTF8_STRING'];

/** A field in a window that answers a ping and takes a paste only once it is told to go on. */
function fieldHolding(text: string) {
  const field = { text, from: 0, to: text.length };
  const pressed: string[] = [];
  const at = { focused: windowId, open: true, busy: false };
  let primary = text;
  let waiting: (() => void)[] = [];
  let requested: (request: { requestor: number; target: number }) => void = () => {};
  let heard: (event: unknown) => void = () => {};
  const whenAwake = (work: () => void) => (at.busy ? waiting.push(work) : work());
  const shown = () => field.text.slice(Math.min(field.from, field.to), Math.max(field.from, field.to));
  const put = (by: string, keep = 0) => {
    const [start, end] = [Math.min(field.from, field.to), Math.max(field.from, field.to)];
    field.text = field.text.slice(0, start) + by + field.text.slice(end);
    field.from = field.to = start + by.length + keep;
  };
  const handle = (key: string, modifier: string | null) => {
    if (key === 'v') requested({ requestor: windowId, target: atoms.indexOf('UTF8_STRING') });
    if (key === 'v') put(lent);
    if (key === 'z') put('');
    if (key === 'Left' && modifier === 'Shift') field.to = Math.max(0, field.to - 1);
    if (key === 'Right' && modifier === 'Shift') field.to = Math.min(field.text.length, field.to + 1);
    if (key === 'Right' && modifier === null) field.from = field.to = Math.max(field.from, field.to);
    if (shown() !== '') primary = shown();
  };
  let lent = '';
  let loans = 0;
  const x = {
    atom: async (name: string) => atoms.indexOf(name),
    sameClient: async () => true,
    root: async () => 1,
    client: async () => ({
      ChangeWindowAttributes: () => {},
      SendEvent: (_w: number, _p: number, _m: number, { data }: { data: number[] }) =>
        whenAwake(() => heard({ name: 'ClientMessage', wid: 1, message_type: atoms.indexOf('WM_PROTOCOLS'), data })),
    }),
    onEvent: (listener: typeof heard) => {
      heard = listener;
      return () => {};
    },
    property: async (_: number, name: string) => {
      const data = Buffer.alloc(4);
      data.writeUInt32LE(name === 'WM_PROTOCOLS' ? atoms.indexOf('_NET_WM_PING') : 1);
      return { data };
    },
  };
  const route = new PasteRoute({
    x,
    windows: { focused: async () => at.focused, isOpen: async () => at.open },
    reader: { serverTime: async () => 1000, copiedAt: async () => 1000 },
    keyboard: {
      press: async (key: string, modifier: string | null, check: () => Promise<void>) => {
        await check();
        pressed.push(key);
        if (key === 'v' && at.focused === windowId) at.busy = stopsAtPaste;
        whenAwake(() => handle(key, modifier));
      },
    },
    lease: {
      during: async (formats: { target: string; data: Buffer }[], work: (loan: unknown) => Promise<void>) => {
        lent = String(formats.find(({ target }) => target === 'UTF8_STRING')?.data);
        loans += 1;
        const onRequest = (listener: typeof requested) => {
          requested = listener;
        };
        await work({ onRequest, holds: () => true }).finally(() => {
          loans -= 1;
          lent = '';
        });
      },
    },
    interrupted: { during: (_: unknown, work: () => Promise<unknown>) => work(), left: async () => null },
    readCopy: async () => null,
    readPrimary: async () => ({ owner: 1, text: primary }),
  } as never);
  let stopsAtPaste = false;
  return {
    route,
    field,
    at,
    pressed,
    isLent: () => loans > 0,
    stopAtPaste: () => {
      stopsAtPaste = true;
    },
    goOn: () => {
      stopsAtPaste = at.busy = false;
      for (const work of waiting) work();
      waiting = [];
    },
    selection: { window, owner: 1, text, takesHtml: false },
  };
}

const before = 'The tide turn at noon today.';
const after = 'The tide turns at noon today.';

/** Steps through all waits of a call. */
async function ended(call: Promise<void>): Promise<string> {
  const end = call.then(
    () => 'done',
    ({ code }) => code,
  );
  await vi.advanceTimersByTimeAsync(20_000);
  return end;
}

describe('a paste', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('that an application has not come to yet could not be checked, and what it takes then is what was lent', async () => {
    const { route, selection, field, stopAtPaste, goOn, isLent } = fieldHolding(before);
    stopAtPaste();
    const write = route.write(selection, after, 'replace', null).then(null, ({ code }) => code);
    await vi.advanceTimersByTimeAsync(9000);
    expect(await write).toBe('put-back/unchecked');
    expect(isLent()).toBe(true);
    const other = route.write(selection, 'lost', 'replace', null).then(null, ({ code }) => code);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await other).toBe('put-back/pending');
    goOn();
    await vi.advanceTimersByTimeAsync(1000);
    expect(field.text).toBe(after);
    expect(isLent()).toBe(false);
  });

  it('is undone, and not where another answer stands there or the page has undone it', async () => {
    const { route, selection, field, pressed } = fieldHolding(before);
    expect(await ended(route.write(selection, after, 'replace', null))).toBe('done');
    expect(field.text).toBe(after);
    field.text = before;
    expect(await ended(route.undo(selection))).toBe('put-back/changed');
    expect(pressed).not.toContain('z');
    field.text = after;
    expect(await ended(route.undo(selection))).toBe('done');
    expect(pressed).toContain('z');
  });

  it('is undone only where it is there still after another paste was refused', async () => {
    const { route, selection, field, pressed } = fieldHolding(before);
    expect(await ended(route.write(selection, after, 'replace', null))).toBe('done');
    const other = { ...selection, text: 'Another.' };
    expect(await ended(route.write(other, 'lost', 'replace', null))).toBe('put-back/changed');
    field.text = 'Typed since.';
    expect(await ended(route.undo(selection))).toBe('put-back/changed');
    expect(pressed).not.toContain('z');
  });

  it('can be undone later while another window has the keyboard, and not once its own is closed', async () => {
    const { route, selection, at } = fieldHolding(before);
    expect(await ended(route.write(selection, after, 'replace', null))).toBe('done');
    at.focused = 8;
    expect(await ended(route.undo(selection))).toBe('put-back/not-in-front');
    at.open = false;
    expect(await ended(route.undo(selection))).toBe('put-back/target-gone');
  });

  // "The place is gone" was said of a window that merely was not in front.
  it('goes nowhere while another window has the keyboard, which is told from a window that is closed', async () => {
    const { route, selection, at, pressed } = fieldHolding(before);
    at.focused = 8;
    expect(await ended(route.write(selection, after, 'replace', null))).toBe('put-back/not-in-front');
    at.open = false;
    expect(await ended(route.write(selection, after, 'replace', null))).toBe('put-back/target-gone');
    expect(pressed).toEqual([]);
  });
});
