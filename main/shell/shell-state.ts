import type { Settings } from '../../contract/settings.ts';
import type { ShellState } from '../../contract/shell.ts';

export { languageOfTag as languageOf } from '../../contract/system-language.ts';

export function initialShellState(platform: ShellState['platform'], electron: string, chrome: string): ShellState {
  return {
    platform,
    language: 'en',
    theme: 'light',
    hotkey: { accelerator: '', registered: false, provedAt: null, error: null, proposals: [], paused: false },
    refusedActionHotkeys: [],
    overlay: {
      visible: false,
      pinned: false,
      shownCount: 0,
      fresh: true,
      newChats: 0,
      maxHeight: 600,
      composited: false,
    },
    core: 'starting',
    coreError: null,
    keyStore: 'unknown',
    runtime: { electron, chrome, official: Number.parseInt(electron, 10) >= 45 },
    firstRun: false,
    settingsError: null,
    fileMenus: 'elsewhere',
  };
}

/**
 * The hotkey as it is shown. On Wayland, where no application may take a key, it is the desktop's own, and the first
 * command that came by it proves it.
 */
export function withProof(
  hotkey: Omit<ShellState['hotkey'], 'provedAt'>,
  { hotkeyProvedAt, toggleProvedAt }: Settings,
  isWayland: boolean,
): ShellState['hotkey'] {
  if (!isWayland) return { ...hotkey, provedAt: hotkeyProvedAt };
  return { ...hotkey, provedAt: toggleProvedAt, error: toggleProvedAt === null ? hotkey.error : null };
}
