import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import type { ModelRow } from '../../contract/model.ts';
import { useMirror } from '../app/backend.ts';
import { atHandOf } from './action-rows.ts';
import type { BoxParts } from './box-parts.ts';
import type { CommandContext } from './commands/context.ts';
import type { NamedAction, Row } from './rows.ts';
import { useActions } from './use-actions.ts';
import { useBackIn } from './use-back-in.ts';
import { useRows } from './use-rows.ts';

export interface ShownRowsInput {
  readonly parts: BoxParts;
  readonly chips: readonly ContextChip[];
  readonly models: readonly ModelRow[];
  readonly context: CommandContext;
  /** An answer is on the screen. */
  readonly reading: boolean;
}

const noActions: readonly NamedAction[] = [];

/** The rows under the input, as the box is now. */
export function useShownRows({ parts, chips, models, context, reading }: ShownRowsInput): readonly Row[] {
  const { i18n } = useTranslation('overlay');
  const { box, conversation, changes } = parts;
  const named = useActions(i18n.language);
  const backIn = useBackIn(changes.text ?? conversation.messages.at(-1)?.text ?? '', chips);
  // Something can be done with the texts that go along, and nothing without one.
  const hasText = chips.some(({ on, kind }) => on && kind !== 'window');
  return useRows({
    view: box.view,
    text: box.text,
    context,
    models,
    translator: i18n,
    reading,
    actions: hasText ? named : noActions,
    atHand: chips.some(({ sample, on }) => sample && on) ? 'sample' : atHandOf(chips),
    backIn,
    hasFile: chips.some(({ kind, on }) => kind === 'file' && on),
    isLocked: useMirror('settings')?.offline === true,
    shownCount: useMirror('shell')?.overlay.shownCount ?? 0,
  });
}
