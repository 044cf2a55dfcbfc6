import type { Message } from '../contract/conversation.ts';

/** Whether an answer was broken off where it can be gone on with: what was put together from parts or by steps has no one place. */
export function canGoOn({
  text,
  state,
  error,
  receipt,
}: Pick<Message, 'text' | 'state' | 'error' | 'receipt'>): boolean {
  const brokenOff = state === 'stopped' || (state === 'cut' && error?.code !== 'run/cannot-continue');
  const basis = receipt?.basis.type;
  return brokenOff && text !== '' && basis !== 'parts' && basis !== 'steps';
}
