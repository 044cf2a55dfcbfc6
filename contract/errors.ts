import { atomErrorCodes } from './atom-errors.ts';
import type { NeededValue } from './error-values.ts';
import { sendingErrorCodes } from './sending-errors.ts';
import { serverErrorCodes } from './server-errors.ts';
import { stepErrorCodes } from './step-errors.ts';

/**
 * Every error a person can meet, by domain. The sentence is made from `locales/` by this code at the place where it is
 * shown (`errors.<code>`), with `values` filled in; `tests/unit/locales` fails when a code has no sentence.
 */
export const errorCodes = [
  'app/internal',
  'app/bad-request',
  'app/unknown-route',
  'app/not-allowed',
  'app/not-agreed',
  'app/not-connected',
  'app/bad-answer',
  'app/still-starting',
  'app/other-version',
  'profile/in-use',
  'profile/no-home',
  'profile/not-writable',
  'profile/not-yours',
  'profile/others-things',
  'profile/others-can-write',
  'profile/other-things',
  'disk/full',
  'disk/failing',
  'settings/broken-file',
  'settings/locked',
  'settings/not-saved',
  'settings/server-unread',
  'database/newer',
  'database/damaged',
  'database/no-permission',
  'database/read-only',
  'conversation/not-found',
  'export/not-written',
  'export/running',
  'message/empty',
  'message/too-large',
  'run/not-found',
  'run/answer-length',
  'run/model-full',
  'run/cannot-continue',
  'run/nothing-noted',
  'run/empty-answer',
  'run/only-thinking',
  'model/none',
  'model/not-found',
  'model/not-for-answers',
  'model/file-missing',
  'model/link-broken',
  'model/no-permission',
  'model/others-can-write',
  'model/disk-silent',
  'model/parts-missing',
  'model/not-a-model',
  'model/cut',
  'model/unsupported',
  'model/too-large-for-memory',
  'model/load-failed',
  'model/template',
  'model/template-refused',
  'model/garbled',
  'model/repeats',
  'model/crashed',
  'model/stuck',
  'model/out-of-memory',
  'model/keeps-crashing',
  'model/context-full',
  'model/runtime-missing',
  'model/copy-failed',
  'model/nothing-faster',
  'job/not-found',
  'job/not-now',
  'download/no-source',
  'download/interrupted',
  'download/disk-full',
  'download/checksum',
  ...serverErrorCodes,
  'key-store/unavailable',
  'key-store/passphrase-short',
  'key-store/passphrase-set',
  'key-store/wrong-passphrase',
  'key-store/damaged',
  'hotkey/refused',
  'hotkey/wayland',
  'hotkey/invalid',
  'display/none',
  'display/refused',
  'display/ended',
  'desktop/unsupported',
  'desktop/not-answering',
  'capture/nothing-selected',
  'capture/password-field',
  'capture/terminal-protected',
  'capture/not-shown',
  'capture/no-permission',
  'capture/compositor-unsupported',
  'capture/helper-missing',
  'capture/library-missing',
  'capture/accessibility-off',
  'capture/not-answering',
  'capture/too-large',
  'capture/not-text',
  'capture/clipboard-secret',
  'capture/clipboard-empty',
  'capture/clipboard-untold',
  'clips/gone',
  'put-back/target-gone',
  'put-back/not-in-front',
  'put-back/changed',
  'put-back/not-editable',
  'put-back/not-agreed',
  'put-back/terminal-inside',
  'put-back/refused',
  'put-back/unchecked',
  'put-back/not-undone',
  'put-back/undo-unchecked',
  'put-back/undo-gone',
  'put-back/undo-not-in-front',
  'put-back/pending',
  'put-back/not-copied',
  'put-back/lost',
  'file/not-found',
  'file/folder',
  'file/special',
  'file/no-permission',
  'file/no-path',
  'file/unreadable',
  'file/too-large',
  'file/no-viewer',
  'file/too-many',
  'file/empty',
  'file/binary',
  'file/not-yet',
  'file/pdf-damaged',
  'file/pdf-password',
  'file/pdf-no-text',
  'file/damaged',
  'file/locked',
  'file/unpacks-too-large',
  'file/reader-died',
  'file/too-slow',
  'file/too-much-memory',
  'picture/no-model',
  'picture/kind',
  'picture/damaged',
  'picture/too-large',
  'picture/no-text',
  'picture/model-damaged',
  'picture/reader-died',
  'picture/too-slow',
  'action/not-found',
  'action/broken-file',
  'action/not-a-file',
  'action/file-too-large',
  'action/same-id',
  'action/not-saved',
  'action/needs-text',
  ...atomErrorCodes,
  ...stepErrorCodes,
  'offline/locked',
  ...sendingErrorCodes,
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The one next step that an error offers; its label is `actions.<name>` in `locales/`. */
export const errorActions = [
  'try-again',
  'continue',
  'get-model',
  'choose-model',
  'choose-hotkey',
  'open-settings',
  'open-models',
  'open-usage',
  'free-space',
  'restart',
  'shorten',
  'new-chat',
  'copy',
  'look',
  'understood',
] as const;

export type ErrorAction = (typeof errorActions)[number];

/** An error as it crosses a process: plain data. */
export interface AppErrorShape {
  readonly code: ErrorCode;
  /** For the log, in English; never shown to a person. */
  readonly message: string;
  /**
   * Filled into the person's sentence: sizes in bytes end in `Bytes`, times in milliseconds in `Ms`. `says`: a server's own
   * words, which are quoted behind it; `keepsText`: something of an answer was written before, and stays.
   */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Present when trying again can help; `afterMs` is how long to wait first. */
  readonly retry?: { readonly afterMs: number };
  readonly action?: ErrorAction;
}

export type AppErrorDetail = Omit<AppErrorShape, 'code' | 'message'>;

/** What an error is made with: values where its sentence needs them. */
type DetailOf<Code extends ErrorCode> = [NeededValue<Code>] extends [never]
  ? [detail?: AppErrorDetail, cause?: unknown]
  : [
      detail: AppErrorDetail & { readonly values: Readonly<Record<NeededValue<Code>, string | number>> },
      cause?: unknown,
    ];

/** An expected failure. Compare by `code`, never by `instanceof` across processes. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly detail: AppErrorDetail;

  constructor(code: Code, message: string, ...[detail = {}, cause]: DetailOf<Code>) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

/** Longest message of an error that is sent, in UTF-16 units: what a server or a file said may be any length. */
export const errorTextLimit = 4000;
/** Longest text of one that is believed: chats keep errors of versions that cut them nowhere. */
const believedTextLimit = 100_000;
const codes: ReadonlySet<unknown> = new Set(errorCodes);
const actions: ReadonlySet<unknown> = new Set(errorActions);

/** Whether something that another process said is an error and nothing besides; without zod, which no page loads. */
export function isErrorShape(value: unknown): value is AppErrorShape {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message, values, retry, action, ...others } = value as Record<string, unknown>;
  if (Object.keys(others).length > 0 || !codes.has(code) || !isShort(message)) return false;
  if (action !== undefined && !actions.has(action)) return false;
  const afterMs = (retry as { afterMs?: unknown } | null | undefined)?.afterMs;
  if (retry !== undefined && !(typeof afterMs === 'number' && afterMs >= 0)) return false;
  return values === undefined || areShort(values);
}

function areShort(values: unknown): boolean {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return false;
  return Object.values(values).every((one) => isShort(one) || (typeof one === 'number' && Number.isFinite(one)));
}

function isShort(text: unknown): text is string {
  return typeof text === 'string' && text.length <= believedTextLimit;
}

/** Turns anything thrown into the shape that may cross a process. Only `app/internal` is a bug. */
export function toErrorShape(error: unknown): AppErrorShape {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, errorTextLimit);
  return error instanceof AppError ? { code: error.code, message, ...error.detail } : { code: 'app/internal', message };
}

export function fromErrorShape(shape: AppErrorShape): AppError {
  const { code, message, ...detail } = shape;
  return new AppError(code, message, detail);
}
