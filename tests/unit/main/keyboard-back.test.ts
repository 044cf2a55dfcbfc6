import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type DialogParent, keyboardBack } from '../../../main/windows/keyboard-back.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: (ms: number) => new Promise((end) => setTimeout(end, ms)) }));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A window under a dialog that is there for a while, and takes the keyboard along when it goes. */
class Parent implements DialogParent {
  isThere = true;
  asked = 0;
  #focused = false;
  #dialog = true;

  dialogGoes(): void {
    this.#dialog = false;
    this.#focused = false;
  }

  readonly isVisible = () => this.isThere;
  readonly isFocused = () => this.#focused;
  readonly focus = () => {
    this.asked += 1;
    this.#focused = !this.#dialog;
  };
}

it('is asked for until the dialog is gone that keeps it', async () => {
  const parent = new Parent();
  const back = keyboardBack(parent);
  await vi.advanceTimersByTimeAsync(200);
  expect(parent.isFocused()).toBe(false);
  parent.dialogGoes();
  await vi.advanceTimersByTimeAsync(500);
  await back;
  expect(parent.isFocused()).toBe(true);
});

it('is taken again where a dialog takes it along', async () => {
  const parent = new Parent();
  parent.dialogGoes();
  const back = keyboardBack(parent);
  await vi.advanceTimersByTimeAsync(60);
  expect(parent.isFocused()).toBe(true);
  parent.dialogGoes();
  await vi.advanceTimersByTimeAsync(500);
  await back;
  expect(parent.isFocused()).toBe(true);
  expect(parent.asked).toBe(2);
});

it('is not asked for any more once the window is put away, or where it never comes', async () => {
  const parent = new Parent();
  const back = keyboardBack(parent);
  await vi.advanceTimersByTimeAsync(2000);
  await back;
  const away = new Parent();
  away.isThere = false;
  await keyboardBack(away);
  expect(away.asked).toBe(0);
});
