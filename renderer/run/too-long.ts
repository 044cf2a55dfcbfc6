import type { ClipboardEvent, DragEvent } from 'react';
import type { AppErrorShape } from '../../contract/errors.ts';

/** Longest question in characters, as core takes it: drawing what is longer would hold the page up for seconds. */
export const longestQuestion = 2_000_000;

/** Says that a text was kept out of the box: nothing of it is there to be shortened. */
export const notTakenIn: AppErrorShape = { code: 'message/too-large', message: 'not taken into the box' };

/** Keeps a pasted or dropped text out that makes a question too long; `refuse` says so. */
export function keepTooLongOut(
  event: ClipboardEvent<HTMLTextAreaElement> | DragEvent<HTMLTextAreaElement>,
  refuse: () => void,
): void {
  const data = 'clipboardData' in event ? event.clipboardData : event.dataTransfer;
  if (event.currentTarget.value.length + data.getData('text/plain').length <= longestQuestion) return;
  event.preventDefault();
  refuse();
}
