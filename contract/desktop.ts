import * as z from 'zod';
import { type Contract, request } from './define.ts';
import type { AppErrorShape } from './errors.ts';

/** The window that had the focus when the hotkey was pressed. Titles come from other applications: untrusted text. */
export interface ActiveWindow {
  /** Identity on its system: the X11 window id in decimal, for example. */
  readonly windowId: string;
  readonly processId: number | null;
  /** Program name, such as `firefox`; from the window's class where there is one. */
  readonly application: string | null;
  readonly title: string | null;
}

/** What a port to other applications answers: a value, or a cause that is not an error of ours. */
export type PortAnswer<Value> =
  | { readonly status: 'available'; readonly value: Value }
  | { readonly status: 'unsupported' | 'denied' | 'nothing'; readonly cause: AppErrorShape | null };

/** Longest selection that is taken, in UTF-8 bytes. */
export const selectionLimitBytes = 8_000_000;

/** Text that was selected in another application. Everything in it is that application's: untrusted. */
export interface CapturedSelection {
  /** Names the place it came from, for putting text back; known to the desktop process that captured it. */
  readonly targetId: string;
  readonly text: string;
  /**
   * `accessibility`: AT-SPI, UI Automation or AX told it. `primary`: the X11 selection of that name. `copy`: the application
   * was asked to copy it.
   */
  readonly route: 'accessibility' | 'primary' | 'copy';
  /** The window it was selected in; null where the system does not tell. */
  readonly window: ActiveWindow | null;
  /** `in-place`: the accessibility interface can write there. `by-paste`: only a paste could. `no`: it cannot be changed. */
  readonly editable: 'in-place' | 'by-paste' | 'no';
  /** Whether rich text may be put there by a paste: the place takes it, or takes the plain text in its stead. */
  readonly takesRichText?: boolean;
  /** False when it belongs to another window than the one that had the focus: then it may be an old one. */
  readonly fresh: boolean;
}

/** A text for a place that takes rich text: safe HTML of few elements, and its plain form for whoever asks for that. */
export interface RichText {
  readonly html: string;
  readonly text: string;
}

/** What the clipboard holds, told by the names of its formats alone. `secret`: its owner marks it as not to be read. */
export type ClipboardContent = 'text' | 'rich-text' | 'image' | 'files' | 'secret' | 'other';

export interface ClipboardDescription {
  readonly content: ClipboardContent;
  /** How long ago it was copied, in milliseconds; null where its owner does not tell. */
  readonly ageMs: number | null;
}

/** How a capture ended: with text, or with one of the causes `capture/…`. */
export type CaptureAnswer =
  | { readonly status: 'captured'; readonly selection: CapturedSelection }
  | { readonly status: 'failed'; readonly window: ActiveWindow | null; readonly cause: AppErrorShape };

/**
 * How putting text back ended: by which route, or with one of the causes `put-back/…` and nothing changed; after
 * `put-back/unchecked` it may be there, and can be undone if it is, unless `canUndo` is false. To undo what was put back ends
 * in the same causes: `put-back/target-gone` then means that the place is gone for good.
 */
export type PutBackAnswer =
  | { readonly status: 'done'; readonly route: 'accessibility' | 'paste'; readonly canUndo: boolean }
  | { readonly status: 'failed'; readonly cause: AppErrorShape; readonly canUndo?: false };

/** How one way to other applications did when it was tried. `absent`: this desktop does not have it. */
export interface RouteReport {
  readonly route: 'accessibility' | 'selection' | 'clipboard' | 'copy' | 'paste';
  readonly status: 'works' | 'fails' | 'absent';
  /** For the sentence: `count` of applications that tell by accessibility, and their `names`. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly cause: AppErrorShape | null;
}

/** Answered by the desktop process, asked by core. */
export const desktopContract = {
  requests: {
    'window.active': request(z.strictObject({})).returns<PortAnswer<ActiveWindow>>(),
    /** Whether a mouse button is held down now; null where the system does not tell. */
    'pointer.pressed': request(z.strictObject({})).returns<boolean | null>(),
    /** Looks for selected text by every route that this system has, in their order. Takes at most about a second. */
    'selection.capture': request(z.strictObject({})).returns<CaptureAnswer>(),
    /** What the clipboard holds, without reading any of it; `nothing` when it is empty. */
    'clipboard.describe': request(z.strictObject({})).returns<PortAnswer<ClipboardDescription>>(),
    /** The clipboard's text. Denied with `capture/…` for what is marked as secret, is no text or is not given. */
    'clipboard.readText': request(z.strictObject({})).returns<PortAnswer<string>>(),
    /** Copies a text to the clipboard alone; `unsupported` where the shell has to do it. */
    'clipboard.writeText': request(z.strictObject({ text: z.string().max(20_000_000) })).returns<PortAnswer<null>>(),
    /** Writes into the very place a capture came from, when it is still as it was; see `PutBackAnswer`. */
    'selection.putBack': request(
      z.strictObject({
        targetId: z.string().max(100),
        text: z.string().max(4_000_000),
        mode: z.enum(['replace', 'insert-below']),
        /** Goes in instead of `text` where the place takes rich text; absent where there is no such form. */
        rich: z.strictObject({ html: z.string().max(8_000_000), text: z.string().max(4_000_000) }).optional(),
      }),
    ).returns<PutBackAnswer>(),
    /** Takes the last `selection.putBack` of a target back, when what it wrote is still there. */
    'selection.undo': request(z.strictObject({ targetId: z.string().max(100) })).returns<PutBackAnswer>(),
    /** Tries every way to other applications on this desktop. Takes some seconds; the clipboard is lent meanwhile. */
    'desktop.selfTest': request(z.strictObject({})).returns<readonly RouteReport[]>(),
    'desktop.describe': request(z.strictObject({})).returns<{
      readonly system: 'linux-x11' | 'linux-wayland' | 'darwin' | 'win32' | 'none';
      readonly compositor: string | null;
      /** Whether a compositing manager draws shadows and transparency; null where it cannot be asked. */
      readonly composited: boolean | null;
      /** Ways to selected text that work on this desktop, tried just now. */
      readonly selectionRoutes: readonly ('accessibility' | 'primary')[];
      /** What stands in the way when there is no such route, where that is known. */
      readonly selectionCause?: AppErrorShape;
    }>(),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
