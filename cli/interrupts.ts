import process from 'node:process';
import { type Disposable, disposable } from '../contract/disposable.ts';
import { exitCodes } from './exit-codes.ts';

const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const lastWordsMs = 3000;

/**
 * While an answer is written, Ctrl+C stops it and keeps what came, and a second one ends the program. The same for a signal
 * to end, after which the program ends in any case.
 */
export function onInterrupt(stop: () => void): Disposable & { readonly stopped: () => boolean } {
  let stopped = false;
  const end = (code: number) => {
    if (stopped && code === exitCodes.stopped) process.exit(code);
    stopped = true;
    stop();
    if (code !== exitCodes.stopped) setTimeout(() => process.exit(code), lastWordsMs).unref();
  };
  const listeners = Object.entries(signalCodes).map(([signal, code]) => [signal, () => end(code)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return {
    stopped: () => stopped,
    ...disposable(() => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
    }),
  };
}
