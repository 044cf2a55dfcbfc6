import type { i18n } from 'i18next';
import type { ShellState } from '../../contract/shell.ts';
import type { StateMirror } from '../../wire/state-mirror.ts';

/** Keeps theme, language and shape of the page as the shell says. */
export function followLook(shell: StateMirror<ShellState>, translator: i18n): void {
  const apply = () => {
    const state = shell.getSnapshot();
    if (state === undefined) return;
    const root = document.documentElement;
    root.dataset['theme'] = state.theme;
    root.dataset['composited'] = String(state.overlay.composited);
    if (root.lang !== state.language) {
      root.lang = state.language;
      void translator.changeLanguage(state.language);
    }
  };
  shell.subscribe(apply);
  apply();
}
