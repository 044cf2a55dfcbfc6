import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { CopiedSelection } from '../../../desktop/x11/copied-selection.ts';
import type { Loan } from '../../../desktop/x11/loan.ts';
import { Landed } from '../../../desktop/x11/paste/landed.ts';
import { PasteOnce } from '../../../desktop/x11/paste/paste-once.ts';
import { StillSelected } from '../../../desktop/x11/paste/still-selected.ts';
import { TakeBack } from '../../../desktop/x11/paste/take-back.ts';
import { UndoPaste } from '../../../desktop/x11/paste/undo-paste.ts';
import { PastePlace, type Pasting } from '../../../desktop/x11/paste-place.ts';
import { PrimarySelection } from '../../../desktop/x11/primary-selection.ts';
import { WindowKeys } from '../../../desktop/x11/window-keys.ts';

const windowId = 7;
const window = { windowId: String(windowId), processId: 1, application: 'chromium', title: null };
const atoms = ['TARGETS', 'TIMESTAMP', 'text/html', 'UTF8_STRING'];

/** A field in a window that answers a ping and takes a paste only once it is told to go on. */
function fieldHolding(text: string) {
  const field = { text, from: 0, to: text.length };
  const pressed: string[] = [];
  const at = {
    focused: windowId,
    open: true,
    busy: false,
    terminal: false,
    latin: false,
    undo: 'in one step' as 'in one step' | 'in two steps' | 'none',
  };
  const history: (typeof field)[] = [];
  let offered = text;
  let waiting: (() => void)[] = [];
  let requested: Parameters<Loan['onRequest']>[0] = () => {};
  const whenAwake = (work: () => void) => (at.busy ? void waiting.push(work) : work());
  const shown = () => field.text.slice(Math.min(field.from, field.to), Math.max(field.from, field.to));
  const put = (by: string, keep = 0) => {
    const [start, end] = [Math.min(field.from, field.to), Math.max(field.from, field.to)];
    field.text = field.text.slice(0, start) + by + field.text.slice(end);
    field.from = field.to = start + by.length + keep;
  };
  const handle = (key: string, modifier: string | null) => {
    if (key === 'v') {
      if (at.undo !== 'none') history.push({ ...field });
      if (at.undo === 'in two steps') {
        put('');
        history.push({ ...field });
      }
    }
    if (key === 'v') requested({ requestor: windowId, target: atoms.indexOf('UTF8_STRING') });
    if (key === 'v') put(at.latin ? lent.replaceAll(/[^\0-\xff]/g, '?') : lent);
    if (key === 'z') Object.assign(field, history.pop());
    if (key === 'Left' && modifier === 'Shift') field.to = Math.max(0, field.to - 1);
    if (key === 'Right' && modifier === 'Shift') field.to = Math.min(field.text.length, field.to + 1);
    if (key === 'Left' && modifier === null) field.from = field.to = Math.min(field.from, field.to);
    if (key === 'Right' && modifier === null) field.from = field.to = Math.max(field.from, field.to);
    if (shown() !== '') offered = shown();
  };
  let lent = '';
  let loans = 0;
  const x = {
    atom: async (name: string) => atoms.indexOf(name),
    sameClient: async () => true,
    selectionOwner: async () => 1,
  };
  const reader = {
    serverTime: async () => 1000,
    copiedAt: async () => 1000,
    read: async (_: string, target: string) => (target === 'UTF8_STRING' ? Buffer.from(offered) : null),
  };
  const keys = new WindowKeys({
    windows: { focused: async () => at.focused, isOpen: async () => at.open },
    keyboard: {
      press: async (key, modifier, check) => {
        await check?.();
        pressed.push(key);
        if (key === 'v' && at.focused === windowId) at.busy = stopsAtPaste;
        whenAwake(() => handle(key, modifier));
      },
    },
  });
  const primary = new PrimarySelection({ x, reader, processes: { of: async () => null }, shellProcessId: null });
  const interrupted = { during: <Value>(_: unknown, work: () => Promise<Value>) => work() };
  const still = new StillSelected({ keys, primary, interrupted, copy: { readOffice: async () => null } });
  const landed = new Landed({ keys, primary, interrupted });
  const once = new PasteOnce({
    x,
    reader,
    keys,
    lease: {
      during: async (formats, work) => {
        lent = String(formats.find(({ target }) => target === 'UTF8_STRING')?.data);
        loans += 1;
        const onRequest: Loan['onRequest'] = (listener) => {
          requested = listener;
        };
        return work({ onRequest, holds: () => true, lost: new Promise(() => {}) }).finally(() => {
          loans -= 1;
          lent = '';
        });
      },
    },
    ping: async () => ({ answered: new Promise((resolve) => whenAwake(resolve)), end: () => {} }),
  });
  const takeBack = new TakeBack({ keys, primary, interrupted, landed, once });
  const undo = new UndoPaste({ keys, primary, interrupted, still, landed, takeBack });
  const judge = {
    requireNoTerminal: async () => {
      if (at.terminal) throw new AppError('put-back/terminal-inside', 'a terminal was opened');
    },
  };
  const pasting: Pasting = { judge, keys, primary, still, once, landed, undo, seen: 'always' };
  const selected = { window, owner: 1, text };
  /** An editor that shows what is selected nowhere, and copies its whole line where nothing is. */
  const copy = { read: async () => (loans > 0 ? null : shown() || `${field.text}\n`) };
  const byCopy = new CopiedSelection({ copy, window: windowId });
  const stillByCopy = new StillSelected({
    keys,
    primary: byCopy,
    interrupted,
    copy: { readOffice: async () => null },
  });
  const landedByCopy = new Landed({ keys, primary: byCopy, interrupted });
  const pastingByCopy: Pasting = {
    ...pasting,
    primary: byCopy,
    still: stillByCopy,
    landed: landedByCopy,
    undo: new UndoPaste({
      ...{ keys, primary: byCopy, interrupted, still: stillByCopy, landed: landedByCopy },
      takeBack: new TakeBack({ keys, primary: byCopy, interrupted, landed: landedByCopy, once }),
    }),
    seen: 'when-not-lent',
  };
  let stopsAtPaste = false;
  return {
    place: new PastePlace(pasting, selected),
    untried: new PastePlace(pasting, { ...selected, asksFirst: true }),
    placeOf: (other: string) => new PastePlace(pasting, { ...selected, text: other }),
    copiedPlaceOf: (copied: string) => new PastePlace(pastingByCopy, { window, owner: 0, text: copied }),
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
  };
}

const before = 'The tide turn at noon today.';
const after = 'The tide turns at noon today.';

/** Steps through all waits of a call. */
async function ended(call: Promise<unknown>): Promise<string> {
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
    const { place, placeOf, field, stopAtPaste, goOn, isLent } = fieldHolding(before);
    stopAtPaste();
    const write = place.write(after, 'replace', null).then(null, ({ code }) => code);
    await vi.advanceTimersByTimeAsync(9000);
    expect(await write).toBe('put-back/unchecked');
    expect(isLent()).toBe(true);
    const other = placeOf(before)
      .write('lost', 'replace', null)
      .then(null, ({ code }) => code);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await other).toBe('put-back/pending');
    goOn();
    await vi.advanceTimersByTimeAsync(1000);
    expect(field.text).toBe(after);
    expect(isLent()).toBe(false);
  });

  it('is undone, and not where another answer stands there or the page has undone it', async () => {
    const { place, field, pressed } = fieldHolding(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    expect(field.text).toBe(after);
    field.text = before;
    expect(await ended(place.undo())).toBe('put-back/changed');
    expect(pressed).not.toContain('z');
    field.text = after;
    expect(await ended(place.undo())).toBe('done');
    expect(pressed).toContain('z');
  });

  it('is undone only where it is there still after another paste was refused', async () => {
    const { place, placeOf, field, pressed } = fieldHolding(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    expect(await ended(placeOf('Another.').write('lost', 'replace', null))).toBe('put-back/changed');
    field.text = 'Typed since.';
    expect(await ended(place.undo())).toBe('put-back/changed');
    expect(pressed).not.toContain('z');
  });

  it('can be undone later while another window has the keyboard, and not once its own is closed', async () => {
    const { place, at } = fieldHolding(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    at.focused = 8;
    expect(await ended(place.undo())).toBe('put-back/not-in-front');
    at.open = false;
    expect(await ended(place.undo())).toBe('put-back/target-gone');
  });

  it('presses no key, also none to undo, where a terminal was opened in that window since', async () => {
    const { place, at, pressed } = fieldHolding(before);
    at.terminal = true;
    expect(await ended(place.write(after, 'replace', null))).toBe('put-back/terminal-inside');
    at.terminal = false;
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    const keys = [...pressed];
    at.terminal = true;
    expect(await ended(place.undo())).toBe('put-back/terminal-inside');
    expect(pressed).toEqual(keys);
  });

  // An editor that reads no Unicode wrote "??" for the Chinese of an answer, and it was called done.
  it('in an application that nobody has tried is not called done where other letters stand there', async () => {
    const { untried, field, at } = fieldHolding(before);
    at.latin = true;
    expect(await ended(untried.write('正午转向。', 'replace', null))).toBe('put-back/unchecked');
    expect(field.text).toBe('?????');
    const other = fieldHolding(before);
    expect(await ended(other.untried.write('正午转向。', 'replace', null))).toBe('done');
  });

  // An application of FOX was left with neither text, and one of Swing, which has no undo, with the answer; both were called done.
  it.each(['in one step', 'in two steps', 'none'] as const)(
    'in an application that nobody has tried is undone until what was there is there again, where its own undo is: %s',
    async (undo) => {
      const { untried, field, at } = fieldHolding(before);
      at.undo = undo;
      expect(await ended(untried.write(after, 'replace', null))).toBe('done');
      expect(field.text).toBe(after);
      expect(await ended(untried.undo())).toBe('done');
      expect(field.text).toBe(before);
    },
  );

  // What follows the place was taken for what stood there before, since a line began with the same word.
  it.each(['in one step', 'in two steps', 'none'] as const)(
    'is undone likewise where the next line begins alike, where its own undo is: %s',
    async (undo) => {
      const { untried, field, at } = fieldHolding(before);
      const around = (text: string) => `First.\n${text}\nThe ferry leaves at six.`;
      Object.assign(field, { text: around(before), from: 7, to: 7 + before.length });
      at.undo = undo;
      expect(await ended(untried.write(after, 'replace', null))).toBe('done');
      expect(field.text).toBe(around(after));
      expect(await ended(untried.undo())).toBe('done');
      expect(field.text).toBe(around(before));
    },
  );

  // Where the keyboard's selection is shown nowhere, nothing was ever put back.
  it('goes where a copy alone tells what is selected, is read back there, and is undone', async () => {
    const { copiedPlaceOf, field, pressed, isLent } = fieldHolding(before);
    const place = copiedPlaceOf(before);
    expect(await ended(place.write(after, 'replace', null))).toBe('done');
    expect({ text: field.text, lent: isLent() }).toEqual({ text: after, lent: false });
    expect(await ended(place.undo())).toBe('done');
    expect(pressed.at(-1)).toBe('z');
  });

  it.each([
    ['its end', 'Hello', 'Hello\n', 5],
    ['its middle', 'Hi!', 'Hi!\n', 1],
    ['its beginning', 'Hello', 'Hello\n', 0],
  ])(
    'goes nowhere where an editor copies its line because nothing is selected, with the caret at %s',
    async (_, line, copied, caret) => {
      const { copiedPlaceOf, field, pressed } = fieldHolding(line);
      field.from = field.to = caret;
      expect(await ended(copiedPlaceOf(copied).write(after, 'replace', null))).toMatch(
        /put-back\/(?:changed|not-editable)/,
      );
      expect(pressed).not.toContain('v');
      expect(field.text).toBe(line);
    },
  );

  // "The place is gone" was said of a window that merely was not in front.
  it('goes nowhere while another window has the keyboard, which is told from a window that is closed', async () => {
    const { place, at, pressed } = fieldHolding(before);
    at.focused = 8;
    expect(await ended(place.write(after, 'replace', null))).toBe('put-back/not-in-front');
    at.open = false;
    expect(await ended(place.write(after, 'replace', null))).toBe('put-back/target-gone');
    expect(pressed).toEqual([]);
  });
});
