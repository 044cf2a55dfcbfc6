import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorAction } from '../../contract/errors.ts';
import { sayChanges } from '../answer/changed-text-view.tsx';
import { Former } from '../answer/former.tsx';
import { isChangedText } from '../answer/is-changed-text.ts';
import { Answer, Question } from '../answer/turn.tsx';
import type { Changes } from '../answer/use-changes.ts';
import type { LookedUp } from '../answer/use-looked-up.ts';
import { useStickToEnd } from '../answer/use-stick-to-end.ts';
import { Waiting } from '../answer/waiting.tsx';
import { useMirror } from '../app/backend.ts';
import type { OpenReceipt } from '../receipt/use-open-receipt.ts';
import { formOf } from '../run/run-store.ts';
import type { ConversationView } from '../run/use-conversation.ts';

interface ReadingProps {
  readonly conversation: ConversationView;
  /** Whether a changed text is shown as what changed. */
  readonly showsDiff: boolean;
  /** What the last answer changes. */
  readonly changes: Changes;
  /** What looking the words of the last answer up gave. */
  readonly lookedUp: LookedUp;
  /** The last question is being edited: what is shown of its answer will be replaced. */
  readonly dimmed: boolean;
  readonly openReceipt: OpenReceipt;
  readonly onAction: (action: ErrorAction) => void;
}

/** A conversation being read. It follows the end of a growing answer only while the reader is there. */
export function Reading(props: ReadingProps): ReactNode {
  const { conversation, showsDiff, changes, lookedUp, dimmed, openReceipt, onAction } = props;
  const { t } = useTranslation('overlay');
  const { messages, run, running, id } = conversation;
  const platform = useMirror('shell')?.platform ?? 'linux';
  const { t: words } = useTranslation('common');
  const showsLast = showsDiff && changes.pieces.length > 0 && isChangedText(messages, messages.length - 1);
  const note = showsLast ? sayChanges(words, changes) : null;
  const { chosen, count } = changes;
  const at = showsLast && chosen !== null ? words('grounding.at', { at: chosen + 1, count }) : null;
  const replacedFrom = dimmed ? messages.findLastIndex(({ role }) => role === 'user') : messages.length;
  const { scroll, onScroll, goToEnd } = useStickToEnd(messages);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is read from its end
  useEffect(goToEnd, [id]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="read" ref={scroll} onScroll={onScroll} tabIndex={0} aria-label={t('answer')}>
      <div className="read-content">
        {messages.map((message, index) =>
          message.role === 'user' ? (
            <div key={message.id} className={index >= replacedFrom ? 'replaced' : undefined}>
              <Question message={message} {...(index === messages.length - 2 ? { note, at } : {})} />
            </div>
          ) : (
            <div
              key={message.id}
              className={index >= replacedFrom ? 'replaced' : index < messages.length - 1 ? 'earlier' : ''}
            >
              <Answer
                message={message}
                form={formOf(run, message)}
                isLast={index === messages.length - 1}
                phase={running && run?.answer.id === message.id ? run.phase : null}
                progress={run?.answer.id === message.id ? run.progress : null}
                onAction={onAction}
                openReceipt={openReceipt}
                showsChanges={showsDiff && isChangedText(messages, index)}
                {...(index === messages.length - 1 ? { changes, lookedUp } : {})}
              />
            </div>
          ),
        )}
        {conversation.former !== null && messages.length > 0 && (
          <Former former={conversation.former} canSwap={!running} platform={platform} onSwap={conversation.swap} />
        )}
        {messages.length === 0 && <Waiting phase={null} progress={null} />}
      </div>
    </section>
  );
}
