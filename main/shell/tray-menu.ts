/** What the tray says; each word is the whole of its item. */
export interface TrayWords {
  readonly tooltip: string;
  readonly newChat: string;
  readonly offline: string;
  readonly pause: string;
  readonly model: (name: string) => string;
  readonly noModel: string;
  readonly show: string;
  readonly settings: string;
  readonly quit: string;
}

export interface TrayState {
  readonly offline: boolean;
  readonly paused: boolean;
  /** Name of the model that answers; null while there is none, or it is not known. */
  readonly model: string | null;
}

export interface TrayActions {
  readonly newChat: () => void;
  readonly setOffline: (offline: boolean) => void;
  readonly pause: (paused: boolean) => void;
  readonly models: () => void;
  readonly show: () => void;
  readonly settings: () => void;
  readonly quit: () => void;
}

export type TrayItem =
  | { readonly type: 'separator' }
  | { readonly label: string; readonly click: () => void }
  | { readonly type: 'checkbox'; readonly label: string; readonly checked: boolean; readonly click: () => void };

/** What was done most often comes first; a tick tells what is on. */
export function trayMenu(words: TrayWords, state: TrayState, actions: TrayActions): readonly TrayItem[] {
  return [
    { label: words.newChat, click: actions.newChat },
    { label: words.show, click: actions.show },
    { type: 'separator' },
    { label: state.model === null ? words.noModel : words.model(state.model), click: actions.models },
    {
      type: 'checkbox',
      label: words.offline,
      checked: state.offline,
      click: () => actions.setOffline(!state.offline),
    },
    { type: 'checkbox', label: words.pause, checked: state.paused, click: () => actions.pause(!state.paused) },
    { type: 'separator' },
    { label: words.settings, click: actions.settings },
    { label: words.quit, click: actions.quit },
  ];
}
