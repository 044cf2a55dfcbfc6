import { app, nativeTheme } from 'electron';
import type { Settings } from '../../contract/settings.ts';
import type { ShellState } from '../../contract/shell.ts';
import type { StateSource } from '../../wire/state-source.ts';
import { languageOf } from '../shell/shell-state.ts';
import { createWords, type Words } from '../shell/words.ts';

/** The theme and the language of everything, as the settings say, or as the system has them. */
export class Look {
  readonly #shell: StateSource<ShellState>;
  #words: Words | null = null;

  constructor(shell: StateSource<ShellState>) {
    this.#shell = shell;
  }

  apply(settings: Settings): void {
    nativeTheme.themeSource = settings.theme;
    const language = settings.language === 'system' ? languageOf(app.getLocale()) : settings.language;
    if (language !== this.#shell.value.language) this.#words = null;
    this.#shell.update({ language, theme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' });
  }

  /** Takes over what the system changes. */
  watchSystem(): void {
    nativeTheme.on('updated', () => {
      const theme = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
      if (theme !== this.#shell.value.theme) this.#shell.update({ theme });
    });
  }

  /** Main's own words, made when the first of them is needed: after the first picture. */
  say(): Words {
    this.#words ??= createWords(this.#shell.value.language);
    return this.#words;
  }
}
