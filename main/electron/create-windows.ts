import { type BrowserWindow, screen } from 'electron';
import type { SaidWords } from '../../contract/bridge.ts';
import { DisposableStore } from '../../contract/disposable.ts';
import type { DoneThere } from '../../contract/host.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { CoreProcess } from '../core/core-process.ts';
import { Hotkeys } from '../hotkey/hotkeys.ts';
import type { PassedKeys } from '../hotkey/passed-keys.ts';
import type { Paths } from '../paths.ts';
import type { Navigation } from '../shell/handlers.ts';
import { withProof } from '../shell/shell-state.ts';
import { MainWindow } from '../windows/main-window.ts';
import { Overlay } from '../windows/overlay.ts';
import type { Room } from '../windows/placement.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import { SaidNote } from '../windows/said-note.ts';
import type { Calls } from './calls.ts';
import type { KeptSettings } from './kept-settings.ts';
import type { Look } from './look.ts';
import { isWayland } from './system-keys.ts';

export interface OverlayDeps {
  readonly registry: WindowRegistry;
  readonly shell: StateSource<ShellState>;
  readonly settings: KeptSettings;
  readonly core: CoreProcess;
  readonly keys: PassedKeys;
  /** The overlay itself, once it is made. */
  readonly overlay: () => Overlay | null;
}

/** The window that the hotkey shows, created hidden; the shell's state and the keys follow it. */
export function createOverlay({ registry, shell, settings, core, keys, overlay }: OverlayDeps): Overlay {
  // That the key is dead is known from one sentence alone, which a window that opens at a login must not take away.
  let isAnswered = false;
  const isAsking = () => shell.value.hotkey.error?.code === 'hotkey/refused' && !isAnswered;
  return new Overlay({
    registry,
    platform: process.platform,
    isPinned: () => settings.value.pinned || isAsking(),
    draggedPosition: (displayId) => settings.value.overlayPositions[displayId],
    onDragged: (displayId, position) =>
      settings.change({ overlayPositions: { ...settings.value.overlayPositions, [displayId]: position } }),
    pointerPressed: async () => {
      const answer = await core.client?.request('pointer.pressed', {});
      return answer?.ok ? answer.value : null;
    },
    giveRoom: (window, room) => keys.giveRoom(nativeIdOf(window), inPixels(room, window)),
    onState: (state) => {
      isAnswered ||= state.shownCount > 0 && !state.visible;
      shell.update({ overlay: { ...shell.value.overlay, ...state } });
      keys.follow(state.visible ? (overlay()?.nativeWindow ?? null) : null);
    },
  });
}

/** As X11 knows it. */
function nativeIdOf(window: BrowserWindow): number {
  return window.getNativeWindowHandle().readUInt32LE(0);
}

function inPixels({ side, top, bottom }: Room, window: BrowserWindow): Room {
  const { scaleFactor } = screen.getDisplayMatching(window.getBounds());
  const scaled = (length: number) => Math.round(length * scaleFactor);
  return { side: scaled(side), top: scaled(top), bottom: scaled(bottom) };
}

export interface MainWindowDeps {
  readonly registry: WindowRegistry;
  readonly shell: StateSource<ShellState>;
  readonly navigation: StateSource<Navigation>;
  readonly look: Look;
}

/** The main window, made when it is shown first; its title follows the page and the language. */
export function createMainWindow({ registry, shell, navigation, look }: MainWindowDeps) {
  const window = new MainWindow({
    registry,
    theme: () => shell.value.theme,
    title: () => look.say().windowTitle(navigation.value.page),
  });
  const store = new DisposableStore();
  store.add(navigation.subscribe(() => window.rename()));
  store.add(shell.subscribe(({ patch }) => patch.language !== undefined && window.rename()));
  return { show: () => void window.show(), dispose: () => store.dispose() };
}

export interface HotkeysDeps {
  readonly paths: Paths;
  readonly shell: StateSource<ShellState>;
  readonly settings: KeptSettings;
  readonly calls: Calls;
  readonly keys: PassedKeys;
}

/** The hotkey that calls Beckon, not taken yet. */
export function createHotkeys({ paths, shell, settings, calls, keys }: HotkeysDeps): Hotkeys {
  return new Hotkeys(
    keys,
    () => calls.byHotkey(),
    (state) => shell.update({ hotkey: withProof(state, settings.value, isWayland()) }),
    isWayland() ? `${paths.command} toggle` : null,
  );
}

export interface SaidNoteDeps extends Pick<MainWindowDeps, 'registry' | 'shell' | 'look'> {
  readonly overlay: () => Overlay | null;
}

/** Says for a moment what was done in another application, with the keys that take it back. */
export function createSaidNote({ registry, shell, look, overlay }: SaidNoteDeps) {
  const note = new SaidNote({ registry, box: () => overlay()?.box ?? screen.getPrimaryDisplay().workArea });
  const store = new DisposableStore();
  store.add(note);
  // Called again, the overlay tells of it itself.
  store.add(shell.subscribe(({ patch }) => patch.overlay?.visible === true && note.dispose()));
  const say = (text: string, keys: SaidWords['keys'], isDone = true) => {
    // There nobody can put a window in a place, nor keep the keyboard from it.
    if (isWayland()) return;
    const { language, theme } = shell.value;
    note.say({ text, keys, isDone, language, theme }, isDone ? undefined : waitingMs);
  };
  return {
    say: ({ what, theirs }: DoneThere) => {
      const call = namesOf(shell.value.hotkey.accelerator);
      const back = theirs ? [undoKeys] : [call, undoKeys];
      say(look.say().doneThere(what), what === 'taken-back' ? [] : back);
    },
    /** Says that there is something to read in the overlay, to whoever has the keyboard elsewhere. */
    sayWaiting: () => say(look.say().waiting(), [namesOf(shell.value.hotkey.accelerator)], false),
    dispose: () => store.dispose(),
  };
}

/** Longer than what was just done: it is said to somebody who looks elsewhere. */
const waitingMs = 5000;

const undoKeys = process.platform === 'darwin' ? ['⌘', 'Z'] : ['Ctrl', 'Z'];

function namesOf(accelerator: string): readonly string[] {
  return accelerator.split('+').map((key) => (key === 'Control' ? 'Ctrl' : key));
}
