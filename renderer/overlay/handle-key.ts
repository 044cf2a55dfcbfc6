import type { KeyboardEvent, RefObject } from 'react';
import { isAltGraph } from '../app/key-of.ts';
import type { BoxActions } from './box-actions.ts';
import { findRowNumber } from './commands/combination.ts';
import { findCommand } from './commands/commands.ts';
import type { CommandContext } from './commands/context.ts';
import { isFamily } from './list-rows.ts';
import type { Row } from './rows.ts';
import type { Box } from './use-box.ts';

export interface Keys {
  readonly box: Box;
  readonly actions: BoxActions;
  readonly rows: readonly Row[];
  /** Index of the chosen row. */
  readonly at: number;
  readonly context: CommandContext;
  readonly platform: string;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** Does what a key means here; false when it means nothing and is the page's own. */
export function handleKey(event: KeyboardEvent, keys: Keys): boolean {
  const { box, actions, rows, at, context, platform, input } = keys;
  const press = event.nativeEvent;
  const hasSelection = (window.getSelection()?.toString() ?? '') !== '' || hasInputSelection(input.current);
  const number = findRowNumber(press, platform);
  const moment = { ...context, view: box.view, hasRows: rows.length > 0, hasSelection };
  const command = isOwnKey(event, keys) ? null : findCommand(press, platform, moment);
  // What is looked at before it is sent has the keys; what is typed goes on as always.
  if (context.sheet !== 'none' && command === null) return false;
  if (command !== null && context.sheet !== 'none') actions.run(command);
  else if (press.key === 'Escape') actions.goBack();
  else if (number !== null && rows.length > 0) actions.choose(rows[number]);
  else if (command !== null) actions.run(command);
  else if (press.key === 'Backspace' && box.text === '' && isFamily(box.view)) box.setView('box');
  else if (press.key === 'Delete' && box.text === '' && rows[at]?.kind === 'clip') actions.remove(rows[at]);
  else if (press.key === 'ArrowRight' && box.text === '' && rows[at]?.kind === 'family') actions.choose(rows[at]);
  else if (press.key === 'Tab' && !press.shiftKey && context.hasChips && !box.showsContext && box.view === 'box')
    box.showContext();
  else if (press.key === 'ArrowDown' && rows.length > 0) box.setChosen((at + 1) % rows.length);
  else if (press.key === 'ArrowUp' && rows.length > 0) box.setChosen((at - 1 + rows.length) % rows.length);
  else if (isPlainEnter(event) && !isOwnKey(event, keys)) pressEnter(keys);
  else {
    // Wherever the focus is, what is typed goes into the box; this runs before the character is written.
    if (isTyping(event)) input.current?.focus();
    return false;
  }
  return true;
}

function pressEnter({ box, actions, rows, at }: Keys): void {
  if (rows.length > 0) actions.choose(rows[at]);
  else if (box.view === 'box') void actions.ask(box.text);
}

function hasInputSelection(input: HTMLTextAreaElement | null): boolean {
  return input !== null && input.selectionStart !== input.selectionEnd;
}

/** Enter presses the button that has the focus, and Up scrolls what can be scrolled. */
function isOwnKey(event: KeyboardEvent, { input }: Keys): boolean {
  if (isPlainEnter(event)) return isButton(event.target);
  return event.key === 'ArrowUp' && event.target !== input.current;
}

function isPlainEnter({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !ctrlKey && !metaKey && !altKey;
}

/** Space is left out: it presses buttons and scrolls. A key can write two characters, as لا of Arabic keyboards. */
function isTyping({ key, metaKey, ctrlKey, altKey, target, nativeEvent }: KeyboardEvent): boolean {
  const writes = key.length === 1 ? key !== ' ' : /\P{ASCII}/u.test(key);
  const isPlain = (!ctrlKey && !altKey) || isAltGraph(nativeEvent);
  return writes && isPlain && !metaKey && !(target instanceof HTMLTextAreaElement);
}

export function isButton(target: EventTarget): boolean {
  return target instanceof HTMLButtonElement || (target instanceof HTMLElement && target.tagName === 'SUMMARY');
}
