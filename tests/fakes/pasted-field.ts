import { AppError } from '../../contract/errors.ts';
import { CopiedSelection } from '../../desktop/x11/copied-selection.ts';
import type { Loan } from '../../desktop/x11/loan.ts';
import { Landed } from '../../desktop/x11/paste/landed.ts';
import { PasteOnce } from '../../desktop/x11/paste/paste-once.ts';
import { StillSelected } from '../../desktop/x11/paste/still-selected.ts';
import { TakeBack } from '../../desktop/x11/paste/take-back.ts';
import { UndoPaste } from '../../desktop/x11/paste/undo-paste.ts';
import { PastePlace, type Pasting } from '../../desktop/x11/paste-place.ts';
import { PrimarySelection, type SelectionSight } from '../../desktop/x11/primary-selection.ts';
import { ToldSelection } from '../../desktop/x11/told-selection.ts';
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
    undo: 'in one step' as 'in one step' | 'in two steps' | 'in two steps, what was there first' | 'none',
    /** Where a key alone goes from a selection: to its end, or one step on from the end that moved, as in FOX and FLTK. */
    arrows: 'to an end' as 'to an end' | 'one step',
    /** What an undo leaves the caret behind: where it was before the change, or where the text was changed (FOX). */
    caretAfterUndo: 'as before' as 'as before' | 'at the change',
    /** Nothing that is selected is offered; only the field itself tells it. */
    offersNothing: false as boolean,
    /** A paste leaves what is selected where it is, and what is selected no more is offered no more (Tk). */
    pastesBeside: false as boolean,
    /** Keys change nothing in it. */
    readOnly: false as boolean,
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
  const alone = (step: -1 | 1) => {
    const edge = step === 1 ? Math.max(field.from, field.to) : Math.min(field.from, field.to);
    return at.arrows === 'to an end' ? edge : Math.min(field.text.length, Math.max(0, field.to + step));
  };
  /** A caret in front of a change stays, and one behind it moves along. */
  const undo = () => {
    const { text, to } = field;
    const last = history.pop();
    if (last === undefined) return;
    Object.assign(field, last);
    if (at.caretAfterUndo === 'as before') return;
    const grown = last.text.length - text.length;
    const change = [...text].findIndex((letter, index) => letter !== last.text[index]);
    field.from = field.to = change === -1 || to < change ? to : Math.max(change, to + grown);
  };
  const handle = (key: string, modifier: string | null) => {
    if (key === 'v' && at.pastesBeside) field.from = field.to;
    if (key === 'v') {
      if (at.undo !== 'none') history.push({ ...field });
      if (at.undo === 'in two steps' && shown() !== '') {
        put('');
        history.push({ ...field });
      }
      if (at.undo === 'in two steps, what was there first') {
        const [start, end] = rangeOf(field);
        const caret = end + lent.length;
        history.push({ text: field.text.slice(0, start) + lent + field.text.slice(start), from: caret, to: caret });
      }
    }
    if (key === 'v') requested({ requestor: windowId, target: atoms.indexOf('UTF8_STRING') });
    if (key === 'BackSpace' && !at.readOnly) {
      if (at.undo !== 'none') history.push({ ...field });
      put('');
    }
    if (key === 'v') put(at.latin ? lent.replaceAll(/[^\0-\xff]/g, '?') : lent);
    if (key === 'z') undo();
    if (key === 'Left' && modifier === 'Shift') field.to = Math.max(0, field.to - 1);
    if (key === 'Right' && modifier === 'Shift') field.to = Math.min(field.text.length, field.to + 1);
    if (key === 'Left' && modifier === null) field.from = field.to = alone(-1);
    if (key === 'Right' && modifier === null) field.from = field.to = alone(1);
    if (shown() !== '' && !at.offersNothing) offered = shown();
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
    read: async (_: string, target: string) =>
      target !== 'UTF8_STRING' || (at.pastesBeside && shown() === '')
        ? null
        : Buffer.from(at.pastesBeside ? shown() : offered),
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
  const judge = {
    requireNoTerminal: async () => {
      if (at.terminal) throw new AppError('put-back/terminal-inside', 'a terminal was opened');
    },
  };
  const selected = { window, owner: 1, text };
  /** An editor that shows what is selected nowhere, and copies its whole line where nothing is. */
  const copy = { read: async () => (loans > 0 ? null : shown() || `${field.text}\n`) };
  const byCopy = new CopiedSelection({ copy, window: windowId });
  const pastingBy = (sight: SelectionSight, seen: Pasting['seen']): Pasting => {
    const parts = { keys, primary: sight, interrupted };
    const still = new StillSelected({ ...parts, copy: { readOffice: async () => null } });
    const landed = new Landed(parts);
    const takeBack = new TakeBack({ ...parts, landed, once });
    const undo = new UndoPaste({ ...parts, still, landed, takeBack });
    return { judge, keys, primary: sight, still, once, landed, undo, seen };
  };
  const pasting = pastingBy(primary, 'always');
  const pastingByCopy = pastingBy(byCopy, 'when-not-lent');
  /** The field as an object of the accessibility interface. */
  const object = {
    role: async () => 61,
    selection: async () => (shown() === '' ? null : rangeOf(field)),
    text: async (start: number, end: number) => field.text.slice(start, end),
  };
  let stopsAtPaste = false;
  return {
    place: new PastePlace(pasting, selected),
    untried: new PastePlace(pasting, { ...selected, asksFirst: true }),
    pastedBeside: new PastePlace(pasting, { ...selected, asksFirst: true, pastesBeside: true }),
    placeOf: (other: string) => new PastePlace(pasting, { ...selected, text: other }),
    copiedPlaceOf: (copied: string) => new PastePlace(pastingByCopy, { window, owner: 0, text: copied }),
    toldPlace: new PastePlace(pastingBy(new ToldSelection(object), 'always'), { window, owner: 0, text }),
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

function rangeOf({ from, to }: { readonly from: number; readonly to: number }): readonly [number, number] {
  return [Math.min(from, to), Math.max(from, to)];
}
