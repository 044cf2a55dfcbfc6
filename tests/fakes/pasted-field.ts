import { AppError } from '../../contract/errors.ts';
import { CopiedSelection } from '../../desktop/x11/copied-selection.ts';
import type { Loan } from '../../desktop/x11/loan.ts';
import { Landed } from '../../desktop/x11/paste/landed.ts';
import { PasteOnce } from '../../desktop/x11/paste/paste-once.ts';
import { StillSelected } from '../../desktop/x11/paste/still-selected.ts';
import { TakeBack } from '../../desktop/x11/paste/take-back.ts';
import { UndoPaste } from '../../desktop/x11/paste/undo-paste.ts';
import { PastePlace, type Pasting } from '../../desktop/x11/paste-place.ts';
import { PrimarySelection } from '../../desktop/x11/primary-selection.ts';
import { WindowKeys } from '../../desktop/x11/window-keys.ts';

const windowId = 7;
const window = { windowId: String(windowId), processId: 1, application: 'chromium', title: null };
const atoms = ['TARGETS', 'TIMESTAMP', 'text/html', 'UTF8_STRING'];

/** A field in a window that answers a ping and takes a paste only once it is told to go on. */
export function fieldHolding(text: string) {
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
