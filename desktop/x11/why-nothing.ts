import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import type { AtspiRoute } from '../atspi/atspi-route.ts';
import type { CopyRoute } from './copy-route.ts';
import type { WindowJudge } from './window-judge.ts';

export interface WhyNothingDeps {
  readonly judge: Pick<WindowJudge, 'of'>;
  readonly accessibility: Pick<AtspiRoute, 'tellsAll'>;
  readonly copy: Pick<CopyRoute, 'isDocument'>;
}

/** Why no selected text was found. `offersCopy`: a copy may tell it, once the person agrees to that. */
export interface Nothing {
  readonly cause: AppError;
  readonly offersCopy: boolean;
}

/** Tells "nothing is selected" from "nobody could see it": people who see a selection must not be told that there is none. */
export class WhyNothing {
  readonly #deps: WhyNothingDeps;

  constructor(deps: WhyNothingDeps) {
    this.#deps = deps;
  }

  /** `isAsked`: whether it was asked for a copy, which tells it all. */
  async in(window: ActiveWindow | null, isAsked: boolean): Promise<Nothing> {
    const nothing = {
      cause: new AppError('capture/nothing-selected', 'no route found a selection'),
      offersCopy: false,
    };
    if (window === null) return nothing;
    const { judge, accessibility, copy } = this.#deps;
    const judged = await judge.of(window, true);
    if (judged.isTerminal)
      return {
        cause: new AppError('capture/terminal-protected', 'the terminal offers no selection'),
        offersCopy: false,
      };
    if (isAsked || !judged.mayHideSelections || !(await copy.isDocument(window))) return nothing;
    // A field that has the focus and tells that nothing is selected is believed.
    if (window.processId !== null && (await accessibility.tellsAll(window.processId))) return nothing;
    const cause = new AppError('capture/not-shown', 'the application shows no selection to others');
    return { cause, offersCopy: judged.copy === 'when-agreed' };
  }
}
