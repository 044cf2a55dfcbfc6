import * as z from 'zod';
import { type Contract, request, stream } from './define.ts';
import { appErrorSchema } from './error-shape.ts';
import type { AppErrorShape } from './errors.ts';
import type { Shape } from './shape.ts';

/** Longest name of an application that is kept, and how many are. */
export const applicationNameLimit = 200;
export const agreedLimit = 500;

/** The window that had the focus when the hotkey was pressed. Titles come from other applications: untrusted text. */
export const activeWindowSchema = z.strictObject({
  /** Identity on its system: the X11 window id in decimal, for example. */
  windowId: z.string(),
  processId: z.number().nullable(),
  /** Program name, such as `firefox`; from the window's class where there is one. */
  application: z.string().nullable(),
  title: z.string().nullable(),
  /** The application's name as people know it, where its desktop entry tells one. */
  label: z
    .strictObject({ en: z.string().max(applicationNameLimit), 'zh-CN': z.string().max(applicationNameLimit) })
    .exactOptional(),
});
export type ActiveWindow = Shape<typeof activeWindowSchema>;

/** What a port to other applications answers: a value, or a cause that is not an error of ours. */
export const portAnswerSchema = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('available'), value }),
    z.strictObject({ status: z.enum(['unsupported', 'denied', 'nothing']), cause: appErrorSchema.nullable() }),
  ]);
export type PortAnswer<Value> =
  | { readonly status: 'available'; readonly value: Value }
  | { readonly status: 'unsupported' | 'denied' | 'nothing'; readonly cause: AppErrorShape | null };

/** Longest selection that is taken, in UTF-8 bytes. */
export const selectionLimitBytes = 8_000_000;

/** Captures whose place is remembered; an older one can no longer be written to. */
export const rememberedPlaces = 20;

/** Text that was selected in another application. Everything in it is that application's: untrusted. */
export const capturedSelectionSchema = z.strictObject({
  /** Names the place it came from, for putting text back; known to the desktop process that captured it. */
  targetId: z.string(),
  text: z.string(),
  /**
   * `accessibility`: AT-SPI, UI Automation or AX told it. `primary`: the X11 selection of that name. `copy`: the application
   * was asked to copy it.
   */
  route: z.enum(['accessibility', 'primary', 'copy']),
  /** The window it was selected in; null where the system does not tell. */
  window: activeWindowSchema.nullable(),
  /** `in-place`: the accessibility interface can write there. `by-paste`: only a paste could. `no`: it cannot be changed. */
  editable: z.enum(['in-place', 'by-paste', 'no']),
  /** Whether writing there takes the keyboard: Beckon's own window has to be gone by then. For rich text it has to anyway. */
  needsFocus: z.boolean(),
  /** Whether rich text may be put there by a paste: the place takes it, or takes the plain text in its stead. */
  takesRichText: z.boolean(),
  /** False when it is not known to be of the window that had the focus: then it may be an old one. */
  fresh: z.boolean(),
  /** Whether it is known to be of another window; absent where a program without a window offers it, or nobody tells. */
  elsewhere: z.literal(true).exactOptional(),
  /** Nobody has tried to put text back in that application: it is done once the person agreed. */
  asksFirst: z.literal(true).exactOptional(),
});
export type CapturedSelection = Shape<typeof capturedSelectionSchema>;

/** A text for a place that takes rich text: safe HTML of few elements, and its plain form for whoever asks for that. */
export const richTextSchema = z.strictObject({
  html: z.string(),
  text: z.string(),
});
export type RichText = Shape<typeof richTextSchema>;

/** What the clipboard holds, told by the names of its formats alone. `secret`: its owner marks it as not to be read. */
export const clipboardContentSchema = z.enum(['text', 'rich-text', 'image', 'files', 'secret', 'other']);
export type ClipboardContent = z.infer<typeof clipboardContentSchema>;

export const clipboardDescriptionSchema = z.strictObject({
  content: clipboardContentSchema,
  /** How long ago it was copied, in milliseconds; null where its owner does not tell. */
  ageMs: z.number().nullable(),
});
export type ClipboardDescription = Shape<typeof clipboardDescriptionSchema>;

/** Most that the whole of a clipboard may be for it to be kept, and how many formats it may have. */
export const wholeClipboardLimitBytes = 24 * 1024 * 1024;
const formatLimit = 200;

/** One format of a clipboard by names, which outlive the display's numbers for them; `data` in base64. */
export const clipboardFormatSchema = z.strictObject({
  target: z.string().min(1).max(500),
  type: z.string().min(1).max(500),
  /** Width of its units in bits. */
  units: z.union([z.literal(8), z.literal(16), z.literal(32)]),
  data: z.base64(),
});
export type ClipboardFormatByName = Shape<typeof clipboardFormatSchema>;
const wholeClipboardSchema = z.array(clipboardFormatSchema).max(formatLimit);

/**
 * How a capture ended: with text, or with one of the causes `capture/…`. `offersCopy`: the application may tell by a copy what
 * is selected, once the person agreed that it is asked for one.
 */
export const captureAnswerSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('captured'), selection: capturedSelectionSchema }),
  z.strictObject({
    status: z.literal('failed'),
    window: activeWindowSchema.nullable(),
    cause: appErrorSchema,
    offersCopy: z.literal(true).exactOptional(),
  }),
]);
export type CaptureAnswer = Shape<typeof captureAnswerSchema>;

/**
 * How putting text back ended: by which route, or with one of the causes `put-back/…` and nothing changed; after
 * `put-back/unchecked` it may be there, and can be undone if it is, unless `canUndo` is false. To undo what was put back ends
 * in the same causes: `put-back/target-gone` then means that the place is gone for good.
 */
export const putBackAnswerSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('done'), route: z.enum(['accessibility', 'paste']), canUndo: z.boolean() }),
  z.strictObject({ status: z.literal('failed'), cause: appErrorSchema, canUndo: z.literal(false).exactOptional() }),
]);
export type PutBackAnswer = Shape<typeof putBackAnswerSchema>;

/** How one way to other applications did when it was tried. `absent`: this desktop does not have it. */
export const routeReportSchema = z.strictObject({
  route: z.enum(['accessibility', 'selection', 'clipboard', 'copy', 'paste']),
  status: z.enum(['works', 'fails', 'absent']),
  /** For the sentence: `count` of applications that tell by accessibility, and their `names`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  cause: appErrorSchema.nullable(),
});
export type RouteReport = Shape<typeof routeReportSchema>;

export const desktopDescriptionSchema = z.strictObject({
  system: z.enum(['linux-x11', 'linux-wayland', 'darwin', 'win32', 'none']),
  compositor: z.string().nullable(),
  /** Whether a compositing manager draws shadows and transparency; null where it cannot be asked. */
  composited: z.boolean().nullable(),
  /** Ways to selected text that work on this desktop, tried just now. */
  selectionRoutes: z.array(z.enum(['accessibility', 'primary'])),
  /** What stands in the way when there is no such route, where that is known. */
  selectionCause: appErrorSchema.exactOptional(),
});
export type DesktopDescription = Shape<typeof desktopDescriptionSchema>;

/** Over the captured text, or after it. */
export const putBackModeSchema = z.enum(['replace', 'insert-below']);
export type PutBackMode = z.infer<typeof putBackModeSchema>;

/** Answered by the desktop process, asked by core. */
export const desktopContract = {
  requests: {
    'window.active': request(z.strictObject({})).returns(portAnswerSchema(activeWindowSchema)),
    /** Whether a mouse button is held down now; null where the system does not tell. */
    'pointer.pressed': request(z.strictObject({})).returns(z.boolean().nullable()),
    /**
     * Looks for selected text by every route that this system has, in their order. Takes at most about a second. `agreed`:
     * names of applications that the person agreed to be asked for a copy.
     */
    'selection.capture': request(
      z.strictObject({ agreed: z.array(z.string().max(applicationNameLimit)).max(agreedLimit).default([]) }),
    ).returns(captureAnswerSchema),
    /** What the clipboard holds, without reading any of it; `nothing` when it is empty. */
    'clipboard.describe': request(z.strictObject({})).returns(portAnswerSchema(clipboardDescriptionSchema)),
    /** The clipboard's text. Denied with `capture/…` for what is marked as secret, is no text or is not given. */
    'clipboard.readText': request(z.strictObject({})).returns(portAnswerSchema(z.string())),
    /** Copies a text to the clipboard alone, with its rich form where there is one; `unsupported` where the shell has to do it. */
    'clipboard.writeText': request(
      z.strictObject({ text: z.string().max(20_000_000), html: z.string().max(20_000_000).exactOptional() }),
    ).returns(portAnswerSchema(z.null())),
    /**
     * Every format of what somebody copied; `nothing` while it is empty or Beckon itself has it on loan. Denied with
     * `capture/clipboard-secret`, and none of it read, where it has a mark of a secret; `capture/too-large` beyond the limit.
     */
    'clipboard.save': request(z.strictObject({})).returns(portAnswerSchema(wholeClipboardSchema)),
    /** Copies all formats of what was saved, byte for byte. */
    'clipboard.offer': request(z.strictObject({ formats: wholeClipboardSchema })).returns(portAnswerSchema(z.null())),
    /** Writes into the very place a capture came from, when it is still as it was; see `PutBackAnswer`. */
    'selection.putBack': request(
      z.strictObject({
        targetId: z.string().max(100),
        text: z.string().max(4_000_000),
        mode: putBackModeSchema,
        /** Whether the person agreed to it, for a place that `asksFirst`. */
        agreed: z.boolean().default(false),
        /** Goes in instead of `text` where the place takes rich text; absent where there is no such form. */
        rich: z.strictObject({ html: z.string().max(8_000_000), text: z.string().max(4_000_000) }).optional(),
      }),
    ).returns(putBackAnswerSchema),
    /** Takes the last `selection.putBack` of a target back, when what it wrote is still there. */
    'selection.undo': request(z.strictObject({ targetId: z.string().max(100) })).returns(putBackAnswerSchema),
    /** Tries every way to other applications on this desktop. Takes some seconds; the clipboard is lent meanwhile. */
    'desktop.selfTest': request(z.strictObject({})).returns(z.array(routeReportSchema)),
    /** Whether applications are told that somebody asks them by accessibility; null where this desktop does not tell. */
    'accessibility.isOn': request(z.strictObject({})).returns(z.boolean().nullable()),
    /** Tells them so, or no longer; false where nobody could. */
    'accessibility.turn': request(z.strictObject({ on: z.boolean() })).returns(z.boolean()),
    'desktop.describe': request(z.strictObject({})).returns(desktopDescriptionSchema),
  },
  streams: {
    /**
     * Tells at once when somebody has copied something, and nothing of what; of several in a row it may tell once. Ends with
     * `desktop/unsupported` where nobody tells.
     */
    'clipboard.watch': stream(z.strictObject({})).of(z.strictObject({ type: z.literal('copied') })),
  },
  states: {},
} as const satisfies Contract;
