import * as z from 'zod';
import { type Contract, request, state } from './define.ts';
import type { AppErrorShape } from './errors.ts';
import type { ModelRow } from './model.ts';
import { type Settings, settingsPatchSchema } from './settings.ts';

const none = z.strictObject({});

/** What the shell knows and a window shows. */
export interface ShellState {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
  readonly hotkey: {
    readonly accelerator: string;
    readonly registered: boolean;
    readonly provedAt: number | null;
    readonly error: AppErrorShape | null;
    /** Free accelerators to offer when this one was refused. */
    readonly proposals: readonly string[];
  };
  /** Actions whose hotkeys another application holds, by id. */
  readonly refusedActionHotkeys: readonly string[];
  /** The last action that was called by its own key; `revision` counts up each time. Its capture has ended by then. */
  readonly called: { readonly actionId: string; readonly revision: number } | null;
  readonly overlay: {
    readonly visible: boolean;
    readonly pinned: boolean;
    /** Counts up each time the overlay is shown; `fresh` says that the last showing is to start with an empty box. */
    readonly shownCount: number;
    readonly fresh: boolean;
    /** Tallest the overlay may grow on this display, in CSS pixels. */
    readonly maxHeight: number;
  };
  readonly core: 'starting' | 'running' | 'restarting' | 'failed';
  /** Why core could not start; null while it runs, and when it died too often without a word. */
  readonly coreError: AppErrorShape | null;
  readonly keyStore: 'available' | 'unavailable' | 'unknown';
  readonly runtime: { readonly electron: string; readonly chrome: string; readonly official: boolean };
  readonly firstRun: boolean;
  /** Settings file trouble at start, if any. */
  readonly settingsError: AppErrorShape | null;
}

/** Answered by main, asked by the renderer. */
export const shellContract = {
  requests: {
    'overlay.hide': request(none).returns<null>(),
    /** Height of the content in CSS pixels; main clamps it to the display. */
    'overlay.resize': request(z.strictObject({ height: z.int().min(40).max(20_000) })).returns<null>(),
    'overlay.pin': request(z.strictObject({ pinned: z.boolean() })).returns<null>(),
    /** Moves the overlay by a drag of its bar, in CSS pixels on the screen. */
    'overlay.moveBy': request(
      z.strictObject({ x: z.int().min(-20_000).max(20_000), y: z.int().min(-20_000).max(20_000) }),
    ).returns<null>(),
    'window.open': request(
      z.strictObject({
        page: z.enum(['chats', 'models', 'settings']),
        conversationId: z.string().max(120).nullable(),
      }),
    ).returns<null>(),
    'settings.set': request(settingsPatchSchema).returns<Settings>(),
    /** Tries a new hotkey; keeps the old one when the system refuses it. */
    'hotkey.set': request(z.strictObject({ accelerator: z.string().min(1).max(80) })).returns<null>(),
    /** Binds an action to a key of its own, or with null to none. */
    'hotkey.setAction': request(
      z.strictObject({ actionId: z.string().min(1).max(60), accelerator: z.string().min(1).max(80).nullable() }),
    ).returns<null>(),
    /** While true, the hotkey is let go so that the person can press a new one. */
    'hotkey.listen': request(z.strictObject({ listening: z.boolean() })).returns<null>(),
    /** Opens the file dialog; null when the person cancelled. */
    'model.pickFile': request(none).returns<ModelRow | null>(),
    /** Opens a dialog of main's; the files chosen become chips. */
    'file.pick': request(none).returns<null>(),
    'clipboard.writeText': request(z.strictObject({ text: z.string().max(20_000_000) })).returns<null>(),
    /** Opens an https, http or mailto address after the person agreed in a dialog of main's. */
    'link.open': request(z.strictObject({ url: z.string().max(4000) })).returns<{ readonly opened: boolean }>(),
    /** Starts core again after it gave up. */
    'core.restart': request(none).returns<null>(),
    'app.quit': request(none).returns<null>(),
  },
  streams: {},
  states: {
    shell: state<ShellState>(),
    settings: state<Settings>(),
    /** Which page and conversation the main window shows. */
    navigation: state<{
      readonly page: 'chats' | 'models' | 'settings';
      readonly conversationId: string | null;
      readonly revision: number;
    }>(),
  },
} as const satisfies Contract;
