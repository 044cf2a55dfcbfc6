import type { ErrorAction } from '../../contract/errors.ts';

/** What the next steps of errors do in a window. */
export interface StepTakers {
  readonly goOn: () => void;
  readonly again: () => void;
  readonly openModels: () => void;
  readonly openSettings: () => void;
  readonly openUsage: () => void;
  readonly newChat: () => void;
  readonly editQuestion: () => void;
  readonly copy: () => void;
  readonly restart: () => void;
  /** Shows what would be sent. */
  readonly look: () => void;
}

/** Takes the one next step of an error; a step that no window knows does not compile. */
export function takeStep(step: ErrorAction, takers: StepTakers): void {
  const taken: Readonly<Record<ErrorAction, () => void>> = {
    continue: takers.goOn,
    'try-again': takers.again,
    'free-space': takers.again,
    'get-model': takers.openModels,
    'choose-model': takers.openModels,
    'open-models': takers.openModels,
    'open-usage': takers.openUsage,
    'choose-hotkey': takers.openSettings,
    'open-settings': takers.openSettings,
    'new-chat': takers.newChat,
    shorten: takers.editQuestion,
    copy: takers.copy,
    restart: takers.restart,
    look: takers.look,
    // The notice that offers it takes it itself.
    understood: () => {},
  };
  taken[step]();
}
