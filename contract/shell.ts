import * as z from 'zod';
import { backupContentsSchema } from './backup.ts';
import { cardFormats } from './card.ts';
import { type Contract, request, state } from './define.ts';
import { appErrorSchema } from './error-shape.ts';
import { exportFormatSchema } from './export.ts';
import * as ids from './ids.ts';
import { keyStoreSchema } from './key-store.ts';
import { modelRowSchema } from './model.ts';
import { exportedChatsSchema } from './routes/exports.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';
import type { Shape } from './shape.ts';

const none = z.strictObject({});
/** `authorName` is null where one was chosen before. */
const cardAskedSchema = z.strictObject({ answerId: ids.messageId, authorName: z.string().max(240).nullable() });
const pageSchema = z.enum(['chats', 'models', 'actions', 'usage', 'settings']);

/** What the shell knows and a window shows. */
export const shellStateSchema = z.strictObject({
  platform: z.enum(['linux', 'darwin', 'win32']),
  language: z.enum(['en', 'zh-CN']),
  theme: z.enum(['light', 'dark']),
  hotkey: z.strictObject({
    accelerator: z.string(),
    registered: z.boolean(),
    provedAt: z.number().nullable(),
    error: appErrorSchema.nullable(),
    /** Free accelerators to offer when this one was refused. */
    proposals: z.array(z.string()),
    /** The person let go of it in the tray, until they take it back or Beckon starts anew. */
    paused: z.boolean(),
  }),
  /** Actions whose hotkeys another application holds, by id. */
  refusedActionHotkeys: z.array(z.string()),
  overlay: z.strictObject({
    visible: z.boolean(),
    pinned: z.boolean(),
    /** Counts up each time the overlay is shown; `fresh` says that the last showing is to start with an empty box. */
    shownCount: z.number(),
    fresh: z.boolean(),
    /** Counts up each time the person asks for a new chat outside of the box. */
    newChats: z.number(),
    /** Tallest the overlay may grow on this display, in CSS pixels. */
    maxHeight: z.number(),
    /** The window is drawn over what is behind it: the box has round corners, and room for its shadow around it. */
    composited: z.boolean(),
  }),
  core: z.enum(['starting', 'running', 'restarting', 'failed']),
  /** Why core could not start; null while it runs, and when it died too often without a word. */
  coreError: appErrorSchema.nullable(),
  keyStore: keyStoreSchema,
  runtime: z.strictObject({ electron: z.string(), chrome: z.string(), official: z.boolean() }),
  firstRun: z.boolean(),
  /** Settings file trouble at start, if any. */
  settingsError: appErrorSchema.nullable(),
  /** Whether “Ask Beckon” in file managers is a person's own to turn on, came with the package, or is the system's to offer. */
  fileMenus: z.enum(['own', 'installed', 'elsewhere']),
});
export type ShellState = Shape<typeof shellStateSchema>;

/** Answered by main, asked by the renderer. */
export const shellContract = {
  requests: {
    'overlay.hide': request(none, 'free').returns(z.null()),
    /** Height of the content in CSS pixels; main clamps it to the display. */
    'overlay.resize': request(z.strictObject({ height: z.int().min(40).max(20_000) }), 'free').returns(z.null()),
    /** Whether the box is empty, so that nothing is lost when its window is made anew. */
    'overlay.rest': request(z.strictObject({ resting: z.boolean() }), 'free').returns(z.null()),
    'overlay.pin': request(z.strictObject({ pinned: z.boolean() }), 'free').returns(z.null()),
    /** Moves the overlay by a drag of its bar, in CSS pixels on the screen. */
    'overlay.moveBy': request(
      z.strictObject({ x: z.int().min(-20_000).max(20_000), y: z.int().min(-20_000).max(20_000) }),
      'free',
    ).returns(z.null()),
    'window.open': request(
      z.strictObject({
        page: pageSchema,
        conversationId: z.string().max(120).nullable(),
      }),
      'free',
    ).returns(z.null()),
    'settings.set': request(settingsPatchSchema, 'asks').returns(settingsSchema),
    /** Tries a new hotkey; keeps the old one when the system refuses it. */
    'hotkey.set': request(z.strictObject({ accelerator: z.string().min(1).max(80) }), 'free').returns(z.null()),
    /** Binds an action to a key of its own, or with null to none. */
    'hotkey.setAction': request(
      z.strictObject({ actionId: z.string().min(1).max(60), accelerator: z.string().min(1).max(80).nullable() }),
      'asks',
    ).returns(z.null()),
    /** While true, the hotkey is let go so that the person can press a new one. */
    'hotkey.listen': request(z.strictObject({ listening: z.boolean() }), 'free').returns(z.null()),
    /** Opens the file dialog; null when the person cancelled. */
    'model.pickFile': request(none, 'free').returns(modelRowSchema.nullable()),
    /**
     * Opens a dialog of main's; the files chosen become chips. `at` is a path as the person typed it: the dialog opens in the
     * folder that it names or begins with, and a whole path of a file is taken once they agreed in a dialog of main's.
     */
    'file.pick': request(z.strictObject({ at: z.string().min(1).max(4096).optional() }), 'free').returns(z.null()),
    'clipboard.writeText': request(z.strictObject({ text: z.string().max(20_000_000) }), 'free').returns(z.null()),
    /**
     * Writes chats to a file that the person chooses in a dialog of main's. A page names no path and learns none but the
     * file's own name. Fails with `export/…`, `disk/full` and `conversation/not-found`.
     */
    'chat.export': request(
      z.strictObject({ conversationIds: exportedChatsSchema, format: exportFormatSchema }),
      'free',
    ).returns(z.strictObject({ status: z.enum(['written', 'stopped']), fileName: z.string().nullable() })),
    /** Writes the log of receipts to a file that the person chooses in a dialog of main's. Fails with `export/…` and `disk/…`. */
    'receipts.export': request(none, 'free').returns(
      z.strictObject({ status: z.enum(['written', 'stopped']), fileName: z.string().nullable() }),
    ),
    /** Opens a dialog of main's; what is chosen is read and told in the window's dialog (the state `importing`). */
    'atom.pickFiles': request(none, 'free').returns(z.null()),
    /**
     * Writes an action as a signed file to a place that the person chooses in a dialog of main's; null when they chose none.
     * Fails with what `sharing.exportTo` fails with.
     */
    'atom.export': request(
      z.strictObject({ atomId: z.string().min(1).max(60), authorName: z.string().max(240).nullable() }),
      'free',
    ).returns(z.strictObject({ fileName: z.string() }).nullable()),
    /** Copies an answer as a picture that says what made it. Fails with what `card.make` fails with. */
    'card.copy': request(cardAskedSchema, 'free').returns(z.null()),
    /**
     * Writes an answer as a card to a place that the person chooses in a dialog of main's; null when they chose none. `beside`: a
     * second file lies there with what is too large for the picture's code.
     */
    'card.save': request(cardAskedSchema.extend({ format: z.enum(cardFormats) }), 'free').returns(
      z.strictObject({ fileName: z.string(), beside: z.boolean() }).nullable(),
    ),
    /**
     * Writes a backup to a place that the person chooses in a dialog of main's; null when they chose none, or cancelled it. Fails
     * with what `backup.write` fails with.
     */
    'backup.save': request(none, 'free').returns(backupContentsSchema.extend({ fileName: z.string() }).nullable()),
    /**
     * Lets the person choose a backup, tells what is in it and asks, all in dialogs of main's; then Beckon starts anew with it.
     * False when they did not agree. Fails with what `backup.stage` fails with.
     */
    'backup.restore': request(none, 'free').returns(z.strictObject({ restores: z.boolean() })),
    'chat.cancelExport': request(none, 'free').returns(z.null()),
    /** Shows a folder of Beckon's own in the file manager; which one is all that a page can say. */
    'folder.show': request(z.strictObject({ folder: z.enum(['profile', 'logs', 'models', 'atoms']) }), 'free').returns(
      z.null(),
    ),
    /** Opens an https, http or mailto address after the person agreed in a dialog of main's. */
    'link.open': request(z.strictObject({ url: z.string().max(4000) }), 'free').returns(
      z.strictObject({ opened: z.boolean() }),
    ),
    /** Starts core again after it gave up. */
    /** Has the system ask the person to open its key store, in the system's own window. */
    'keyStore.unlock': request(none, 'free').returns(z.strictObject({ keyStore: keyStoreSchema })),
    'core.restart': request(none, 'free').returns(z.null()),
    'app.quit': request(none, 'free').returns(z.null()),
  },
  streams: {},
  states: {
    shell: state(shellStateSchema, 'free'),
    settings: state(settingsSchema, 'free'),
    /** Which page and conversation the main window shows. */
    navigation: state(
      z.strictObject({ page: pageSchema, conversationId: z.string().nullable(), revision: z.number() }),
      'free',
    ),
  },
} as const satisfies Contract;
