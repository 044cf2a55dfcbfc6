import { pageOrigin } from '../../contract/bridge.ts';

/** What is known of the sender of a bridge message; read from Electron's event by the adapter. */
export interface BridgeSender {
  readonly webContentsId: number;
  /** Null when the frame is gone. */
  readonly frameOrigin: string | null;
  readonly isMainFrame: boolean;
}

/** A message counts only from the main frame of a window of ours, at exactly our origin. */
export function isTrustedSender(sender: BridgeSender, isKnownWindow: (webContentsId: number) => boolean): boolean {
  return sender.isMainFrame && sender.frameOrigin === pageOrigin && isKnownWindow(sender.webContentsId);
}

/** Counts the characters of all strings in a message, up to a limit; deep or huge messages end early. */
export function exceedsLimit(message: unknown, limit: number): boolean {
  let total = 0;
  let visited = 0;
  const stack: unknown[] = [message];
  while (stack.length > 0) {
    const item = stack.pop();
    visited += 1;
    if (typeof item === 'string') total += item.length;
    else if (ArrayBuffer.isView(item)) total += item.byteLength;
    else if (typeof item === 'object' && item !== null) for (const value of Object.values(item)) stack.push(value);
    if (total > limit || visited > 200_000) return true;
  }
  return false;
}
