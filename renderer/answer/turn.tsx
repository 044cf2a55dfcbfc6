import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract/conversation.ts';
import type { ErrorAction } from '../../contract/errors.ts';
import type { RunPhase } from '../../contract/run.ts';
import { sayExtent } from '../../locales/say-locator.ts';
import { showHiddenInLine, showTurns } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { ReceiptPart } from '../receipt/receipt-part.tsx';
import type { OpenReceipt } from '../receipt/use-open-receipt.ts';
import type { AskedForm } from '../run/run-store.ts';
import { AnswerForm } from './answer-form.tsx';
import { ChangedText } from './changed-text-view.tsx';
import { Ending } from './ending.tsx';
import { Grounding } from './grounding.tsx';
import { preloadAnswers, useMarkdown } from './late-parts.ts';
import { nextStepOf } from './next-step.ts';
import { PlainBoundary } from './plain-boundary.tsx';
import { type Changes, useChanges } from './use-changes.ts';
import { type LookedUp, useLookedUp } from './use-looked-up.ts';
import { useMarked } from './use-marked.ts';
import { Waiting } from './waiting.tsx';

export interface AnswerProps {
  readonly message: Message;
  /** Nothing follows it: how it ended can be acted on. */
  readonly isLast: boolean;
  readonly phase: RunPhase | null;
  /** What its action asks before it begins. */
  readonly form: AskedForm | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly onAction: (action: ErrorAction) => void;
  /** Whether the answer is told as what it changes in its text. */
  readonly showsChanges: boolean;
  /** What it changes, where single changes can be left out; else they are only shown. */
  readonly changes?: Changes;
  /** What looking its words up gave, where keys go through it; else it is looked up here. */
  readonly lookedUp?: LookedUp;
  /** Which receipt is open; one of a former answer is not opened. */
  readonly openReceipt?: OpenReceipt;
}

/** One answer: what it thought, what it says, and how it ended. */
export function Answer(props: AnswerProps): ReactNode {
  const { message, isLast, phase, form, progress, onAction, showsChanges, changes } = props;
  const { text, thinking, state, error, receipt } = message;
  const growing = state === 'growing';
  const own = useChanges(showsChanges && changes === undefined ? message.id : null);
  const shown = changes ?? own;
  const changed = showsChanges && shown.pieces.length > 0;
  // Plain, too, it is what would be put back or copied.
  const plain = shown.text ?? text;
  const element = useRef<HTMLDivElement>(null);
  const ownWords = useLookedUp(
    props.lookedUp === undefined && state === 'complete' && !showsChanges ? message.id : null,
  );
  const lookedUp = props.lookedUp ?? ownWords;
  useMarked(element, text, lookedUp.marks, lookedUp.chosen);
  // While it is waited for: one that was asked for by a hotkey had no use of the page before it.
  useEffect(() => void preloadAnswers(), []);
  return (
    <>
      {thinking !== '' && <Thinking text={thinking} open={growing && text === ''} />}
      {changed && <ChangedText changes={shown} canLeaveOut={changes !== undefined} />}
      {text !== '' && !changed && (
        <div ref={element} className={lookedUp.marks.length > 0 ? 'marked' : undefined}>
          <PlainBoundary key={message.id} text={plain}>
            <Drawn text={plain} growing={growing} />
          </PlainBoundary>
        </div>
      )}
      {growing && form !== null && <AnswerForm key={form.form.id} {...form} />}
      {growing && text === '' && form === null && !(phase === 'thinking' && thinking !== '') && (
        <Waiting phase={phase} progress={progress} />
      )}
      {(state === 'stopped' || state === 'cut' || state === 'failed') && (
        <Ending
          state={state}
          text={text}
          error={error}
          step={isLast ? nextStepOf(message) : null}
          onAction={onAction}
        />
      )}
      {state === 'complete' && !showsChanges && <Grounding text={text} lookedUp={lookedUp} />}
      {receipt !== null && <ReceiptPart message={message} receipt={receipt} open={props.openReceipt} />}
    </>
  );
}

/** Draws an answer; for the moment before what draws it is there it stands as it is written. */
function Drawn({ text, growing }: { readonly text: string; readonly growing: boolean }): ReactNode {
  const Markdown = useMarkdown();
  if (Markdown === null) return <div className="markdown plain">{text}</div>;
  return <Markdown text={text} growing={growing} />;
}

/** A question, or an action, with what it is about. */
export function Question({
  message,
  className = 'question',
  note = null,
  at = null,
}: {
  readonly message: Message;
  /** Something to tell of its answer, right behind its name. */
  readonly note?: string | null;
  /** Where one is in the answer, such as which change is chosen; it stands at the right. */
  readonly at?: string | null;
  readonly className?: string;
}): ReactNode {
  const { t, i18n } = useTranslation('common');
  const { text, action, attachments } = message;
  const name = action === null ? text : action.name[i18n.language === 'zh-CN' ? 'zh-CN' : 'en'];
  const about = attachments.map(({ kind, title, extent, words, application }) => {
    if (kind === 'file') {
      const file = showHiddenInLine(title ?? '');
      return extent === null ? file : t('about.file', { file, extent: sayExtent(t, extent) });
    }
    if (kind === 'window') return t('about.window');
    if (kind === 'clipboard') return t('about.clipboard', { count: words });
    return application === null
      ? t('about.words', { count: words })
      : t('about.from', { count: words, application: showHiddenInLine(application) });
  });
  const more = about.length > 0 || note !== null;
  return (
    <p className={className} lang={glyphLanguageOf(name)}>
      {at !== null && <span className="question-at">{at}</span>}
      {[showTurns(more ? name.replace(/[.。]$/u, '') : name), ...(note === null ? [] : [note]), ...about].join(' · ')}
    </p>
  );
}

function Thinking({ text, open }: { readonly text: string; readonly open: boolean }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <details className="thinking" open={open}>
      <summary>{t('thinking')}</summary>
      <p lang={glyphLanguageOf(text)}>{showTurns(text)}</p>
    </details>
  );
}
