import type { AppErrorShape } from '../contract/errors.ts';

/** Frames that a client sends. `id` is the client's own counter; one space for requests, streams and states. */
export type ClientFrame =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'open'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'credit'; readonly id: number; readonly amount: number }
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'watch'; readonly id: number; readonly name: string }
  | { readonly kind: 'unwatch'; readonly id: number };

/** Frames that a server sends. */
export type ServerFrame =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: AppErrorShape }
  | { readonly kind: 'part'; readonly id: number; readonly sequence: number; readonly part: unknown }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'aborted'; readonly id: number }
  | { readonly kind: 'snapshot'; readonly id: number; readonly revision: number; readonly value: unknown }
  | { readonly kind: 'patch'; readonly id: number; readonly revision: number; readonly value: unknown };

/** Parts a server may send before it waits for more credit. */
export const initialCredit = 256;

const clientKinds = new Set(['request', 'open', 'credit', 'close', 'watch', 'unwatch']);
const serverKinds = new Set(['value', 'error', 'part', 'end', 'aborted', 'snapshot', 'patch']);

function hasKindAndId(message: unknown, kinds: ReadonlySet<string>): message is Record<string, unknown> {
  if (typeof message !== 'object' || message === null) return false;
  const frame = message as Record<string, unknown>;
  return typeof frame['kind'] === 'string' && kinds.has(frame['kind']) && Number.isSafeInteger(frame['id']);
}

/** Whether a message is a frame that a server can take; inputs are checked by their own schemas afterwards. */
export function isClientFrame(message: unknown): message is ClientFrame {
  if (!hasKindAndId(message, clientKinds)) return false;
  const { kind } = message;
  if (kind === 'request' || kind === 'open' || kind === 'watch') return typeof message['name'] === 'string';
  if (kind === 'credit') return Number.isSafeInteger(message['amount']) && (message['amount'] as number) > 0;
  return true;
}

/** Whether a message says that it is a frame for a client, whatever is wrong with it. */
export function isForClient(message: unknown): boolean {
  const kind = (message as { kind?: unknown } | null)?.kind;
  return typeof kind === 'string' && serverKinds.has(kind);
}

/** Whether a message is a frame that a client can take; what it carries is checked by its own schema afterwards. */
export function isServerFrame(message: unknown): message is ServerFrame {
  if (!hasKindAndId(message, serverKinds)) return false;
  const { kind } = message;
  if (kind === 'part') return Number.isSafeInteger(message['sequence']);
  if (kind === 'snapshot' || kind === 'patch') return Number.isSafeInteger(message['revision']);
  if (kind === 'error') return typeof (message['error'] as { code?: unknown } | null)?.code === 'string';
  return true;
}
