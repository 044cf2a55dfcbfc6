import { Cloud } from 'lucide-react';
import type { PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRow } from '../../contract/model.ts';
import { useClient } from '../app/backend.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import { Key } from '../ui/key.tsx';
import type { KeyContext } from './keymap.ts';
import type { Row } from './rows.ts';

export interface FooterProps {
  readonly conversation: ConversationView;
  readonly models: readonly ModelRow[];
  readonly row: Row | undefined;
  readonly context: KeyContext;
  readonly platform: string;
}

/** Where it runs, and the keys that work right now. */
export function Footer({ conversation, models, row, context, platform }: FooterProps): ReactNode {
  const { t } = useTranslation('overlay');
  const drag = useDrag();
  const hints = hintsFor(row, context);
  return (
    <div className="foot" {...drag}>
      <Where conversation={conversation} models={models} />
      {hints.map(({ keys, name, main }) => (
        <span key={keys} className={main ? 'hint main' : 'hint'}>
          <Key keys={keys} platform={platform} />
          {t(name)}
        </span>
      ))}
    </div>
  );
}

/** The footer is where the box is taken hold of; main remembers where it was put. */
function useDrag() {
  const client = useClient();
  return {
    onPointerDown: ({ currentTarget, pointerId, button }: PointerEvent) => {
      if (button === 0) currentTarget.setPointerCapture(pointerId);
    },
    onPointerMove: ({ currentTarget, pointerId, movementX, movementY }: PointerEvent) => {
      if (!currentTarget.hasPointerCapture(pointerId) || (movementX === 0 && movementY === 0)) return;
      void client.request('overlay.moveBy', { x: Math.round(movementX), y: Math.round(movementY) });
    },
  };
}

interface Hint {
  readonly keys: string;
  readonly name: string;
  readonly main: boolean;
}

function hintsFor(row: Row | undefined, context: KeyContext): readonly Hint[] {
  const hints: Hint[] = [];
  if (row !== undefined)
    hints.push({
      keys: 'Enter',
      name: row.kind === 'ask' ? 'hint.ask' : row.kind === 'action' ? 'hint.run' : 'hint.open',
      main: true,
    });
  if (context.hasChips && row !== undefined) hints.push({ keys: 'Tab', name: 'hint.context', main: false });
  if (context.running) hints.push({ keys: 'Ctrl+.', name: 'hint.stop', main: row === undefined });
  else if (context.hasAnswer && row === undefined) {
    if (context.canReplace) {
      hints.push({ keys: 'Enter', name: 'hint.replace', main: true });
      if (!context.canGoOn) hints.push({ keys: 'Ctrl+Enter', name: 'hint.insertBelow', main: false });
    }
    if (context.canGoOn) hints.push({ keys: 'Ctrl+G', name: 'hint.goOn', main: !context.canReplace });
    const copies = !context.canReplace && !context.canGoOn;
    hints.push({ keys: context.canCopy ? 'Enter' : 'Ctrl+C', name: 'hint.copy', main: copies });
    if (context.hasChosenChange) hints.push({ keys: 'Ctrl+Backspace', name: 'hint.leaveOut', main: false });
    else if (context.hasChanges) hints.push({ keys: 'Right', name: 'hint.changes', main: false });
    else if (context.hasDiff) hints.push({ keys: 'Ctrl+D', name: 'hint.diff', main: false });
    if (!context.canReplace) {
      hints.push({ keys: 'Ctrl+R', name: 'hint.again', main: false });
      hints.push({ keys: 'Ctrl+N', name: 'hint.newChat', main: false });
    }
  }
  hints.push({ keys: 'Ctrl+K', name: 'hint.more', main: false });
  return hints;
}

function Where({ conversation, models }: Pick<FooterProps, 'conversation' | 'models'>): ReactNode {
  const { t } = useTranslation(['overlay', 'common']);
  const chosen = models.find((model) => model.chosen);
  const answer = conversation.messages.findLast(({ role }) => role === 'assistant');
  const receipt = conversation.running ? null : (answer?.receipt ?? null);
  const host =
    receipt !== null
      ? receipt.host
      : conversation.run !== null && conversation.running
        ? hostOf(conversation)
        : (chosen?.host ?? null);
  if (host !== null) {
    return (
      <span className="where">
        <Cloud className="where-icon" size={14} strokeWidth={1.6} aria-hidden />
        <span className="where-name">{t('where.server', { ns: 'common', host })}</span>
      </span>
    );
  }
  if (chosen === undefined) return <span className="where">{t('where.none')}</span>;
  return (
    <span className="where">
      <span className="dot" />
      <span className="where-name">{receipt !== null ? t('where.stayed') : t('where.device', { ns: 'common' })}</span>
    </span>
  );
}

function hostOf({ run }: ConversationView): string | null {
  return run?.where === 'server' ? (run.host ?? '') : null;
}
