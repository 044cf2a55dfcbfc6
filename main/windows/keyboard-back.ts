import { setTimeout as sleep } from 'node:timers/promises';

export interface DialogParent {
  readonly isVisible: () => boolean;
  readonly isFocused: () => boolean;
  readonly focus: () => void;
}

const everyMs = 30;
const tries = 25;
/** Looks in a row that find it there: a dialog that is still on its way out takes it along once more. */
const enough = 4;

/**
 * Gives the keyboard to a window over which a dialog was answered. The answer comes before the dialog is gone: till then window
 * managers let nothing under it have the keyboard, and some give it to nobody after.
 */
export async function keyboardBack(window: DialogParent): Promise<void> {
  let there = 0;
  for (let left = tries; left > 0 && there < enough && window.isVisible(); left -= 1) {
    if (window.isFocused()) there += 1;
    else {
      there = 0;
      window.focus();
    }
    await sleep(everyMs);
  }
}
