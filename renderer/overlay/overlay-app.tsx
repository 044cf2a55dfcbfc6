import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import { idOfPlainAnswer, isChangedText } from '../answer/is-changed-text.ts';
import { type Changes, useChanges } from '../answer/use-changes.ts';
import { type LookedUp, useLookedUp } from '../answer/use-looked-up.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { countWords } from '../app/look.ts';
import { useModels } from '../app/use-models.ts';
import { type ConversationView, useConversation } from '../run/use-conversation.ts';
import { AskLine } from './ask-line.tsx';
import { createBoxActions } from './box-actions.ts';
import { Chips, useChips } from './chips.tsx';
import { CompositionWatch } from './composition.ts';
import { DropZone } from './drop-zone.tsx';
import { FirstRun } from './first-run.tsx';
import { Footer } from './footer.tsx';
import { handleKey, isButton } from './handle-key.ts';
import type { KeyContext } from './keymap.ts';
import { KeysPanel } from './keys-panel.tsx';
import { NoticeStrip, offersAStep, useNotice } from './notice-strip.tsx';
import { Reading } from './reading.tsx';
import { RowList, rowElementId } from './row-list.tsx';
import { useActions } from './use-actions.ts';
import { useBox } from './use-box.ts';
import { useCalledAction } from './use-called-action.ts';
import { useNewSelection } from './use-new-selection.ts';
import { useOverlayHeight } from './use-overlay-height.ts';
import { type PutBackView, usePutBack } from './use-put-back.ts';
import { useRows } from './use-rows.ts';

export interface OverlayAppProps {
  /** What was typed before the page had its scripts. */
  readonly initialText: string;
  /** Enter was pressed at its end. */
  readonly sentAlready: boolean;
}

/** The one box for everything: typing finds actions and chats, and is itself the question. */
export function OverlayApp(props: OverlayAppProps): ReactNode {
  const firstRun = useMirror('shell')?.firstRun === true;
  const unasked = useRef(props.sentAlready);
  return firstRun ? <FirstRun /> : <OverlayBox initialText={props.initialText} unasked={unasked} />;
}

interface OverlayBoxProps {
  readonly initialText: string;
  /** The initial text was sent and still has to be asked. */
  readonly unasked: RefObject<boolean>;
}

function OverlayBox({ initialText, unasked }: OverlayBoxProps): ReactNode {
  const client = useClient();
  const { t, i18n } = useTranslation('overlay');
  const shell = useMirror('shell');
  const conversation = useConversation();
  const models = useModels();
  const chips = useChips();
  const { messages } = conversation;
  const changes = useChanges(isChangedText(messages, messages.length - 1) ? (messages.at(-1)?.id ?? null) : null);
  const lookedUp = useLookedUp(idOfPlainAnswer(messages));
  const putBack = usePutBack(conversation.messages, conversation.running, changes);
  const notice = useNotice(conversation.error ?? putBack.error);
  const box = useBox(initialText, conversation);
  const composition = useRef(new CompositionWatch());
  const element = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const platform = shell?.platform ?? 'linux';
  const maxHeight = shell?.overlay.maxHeight ?? 600;
  const { text, view } = box;
  const shown = {
    putBack,
    changes: box.showsDiff ? changes : null,
    changeCount: changes.count,
    hasChips: chips.length > 0,
    lookedUp,
  };
  const context = contextOf(text, conversation, notice !== null && offersAStep(notice), shown);
  const reading = conversation.id !== null && view === 'box';
  useNewSelection(reading, conversation.running || text !== '', box.home);
  const chipIds = chips.filter(({ on, status }) => on && status !== 'failed').map(({ id }) => id);
  const named = useActions(i18n.language);
  const actionRows = chips.some(({ on, kind }) => on && kind !== 'window') ? named : noActions;
  const rows = useRows({ view, text, context, models, translator: i18n, reading, actions: actionRows });
  const at = Math.min(box.chosen, Math.max(rows.length - 1, 0));
  const growing = conversation.running && reading;
  useOverlayHeight(element, growing, maxHeight);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is shown the keys go to the input
  useEffect(() => input.current?.focus(), [shell?.overlay.shownCount]);
  const { focused, onFocus } = useFocused(input);
  const pinned = shell?.overlay.pinned === true;
  const actions = createBoxActions({ client, box, conversation, notice, pinned, chipIds, putBack, changes, lookedUp });
  const selectionIds = chips.filter(isNewSelection).map(({ id }) => id);
  useCalledAction((actionId) => void actions.callAnew(actionId, selectionIds));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the box takes over from the bare page
  useEffect(() => {
    if (unasked.current) void actions.ask(initialText);
    unasked.current = false;
  }, []);
  const keys = { box, actions, rows, at, context, platform, input };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!composition.current.owns(event.nativeEvent) && handleKey(event, keys)) event.preventDefault();
  };
  const answer = reading ? (
    <Reading
      conversation={conversation}
      showsDiff={box.showsDiff}
      changes={changes}
      lookedUp={lookedUp}
      onAction={actions.act}
    />
  ) : null;
  return (
    <main
      className={growing ? 'box growing' : 'box'}
      ref={element}
      style={{ maxHeight }}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <h1 className="hidden-live">{t('name')}</h1>
      <AskLine
        input={input}
        text={text}
        editing={box.editing !== null}
        placeholder={t(view === 'box' && reading ? 'input.followUp' : `input.${view}`)}
        pinned={pinned}
        chosenRowId={rows.length > 0 ? rowElementId(at) : null}
        onChange={box.change}
        onTooLong={conversation.refuseLong}
        onCompositionStart={() => composition.current.start()}
        onCompositionEnd={(event) => composition.current.end(event.timeStamp)}
      />
      {view === 'box' && <Chips open={box.showsContext} />}
      {notice !== null && <NoticeStrip notice={notice} platform={platform} onAct={() => actions.run('notice')} />}
      {view === 'keys' && <KeysPanel platform={platform} />}
      {context.inputEmpty && answer}
      {rows.length === 0 && view !== 'box' && view !== 'keys' && (
        <p className="nothing dim" role="status">
          {t('nothing')}
        </p>
      )}
      {rows.length > 0 && (
        <RowList rows={rows} chosen={at} platform={platform} onChoose={actions.choose} onHover={box.setChosen} />
      )}
      {!context.inputEmpty && rows.length === 0 && answer}
      <Footer
        conversation={conversation}
        models={models}
        row={rows[at]}
        context={context}
        view={view}
        focused={chips.find(({ id }) => id === focused) ?? (focused === 'button' ? 'button' : 'box')}
        platform={platform}
      />
      <DropZone />
      <AnswerReady conversation={conversation} />
    </main>
  );
}

/** Id of the chip that has the focus, or what else does. Where nothing has it the input takes it, so that keys are never lost. */
function useFocused(input: RefObject<HTMLTextAreaElement | null>) {
  const [focused, setFocused] = useState('box');
  useEffect(() => {
    if (document.activeElement === document.body) input.current?.focus();
  });
  const onFocus = ({ target, currentTarget }: FocusEvent) => {
    if (target === currentTarget) input.current?.focus();
    else setFocused((target as HTMLElement).dataset['chip'] ?? (isButton(target) ? 'button' : 'box'));
  };
  return { focused, onFocus };
}

/** Tells people who do not see it that an answer is there: once, never with every word. */
function AnswerReady({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const { t } = useTranslation('overlay');
  const last = conversation.messages.at(-1);
  const ready = last?.role === 'assistant' && last.state === 'complete' && !conversation.running;
  return (
    <span className="hidden-live" role="status">
      {ready ? t('live.ready', { count: countWords(last.text) }) : ''}
    </span>
  );
}

/** What an action that was called by its key works on. */
function isNewSelection({ kind, status, fresh }: ContextChip): boolean {
  return kind === 'selection' && status === 'ready' && fresh;
}

const noActions: ReturnType<typeof useActions> = [];

interface Shown {
  readonly putBack: PutBackView;
  /** The changes that are on the screen. */
  readonly changes: Changes | null;
  readonly changeCount: number;
  readonly hasChips: boolean;
  readonly lookedUp: LookedUp;
}

function contextOf(
  text: string,
  { messages, running }: ConversationView,
  hasNotice: boolean,
  { putBack, changes, changeCount, hasChips, lookedUp }: Shown,
): KeyContext {
  const last = messages.at(-1);
  return {
    inputEmpty: text.trim() === '',
    running,
    hasAnswer: last?.role === 'assistant',
    canGoOn: last?.canGoOn === true,
    hasText: last?.role === 'assistant' && last.text !== '',
    hasSelection: false,
    hasNotice,
    canReplace: putBack.can === 'replace',
    canCopy: putBack.can === 'copy',
    isBack: putBack.isBack,
    isUndoable: putBack.isUndoable,
    canUndo: putBack.canUndo,
    hasDiff: changeCount > 0,
    hasChanges: changes !== null && changes.count > 0,
    hasChosenChange: changes !== null && changes.chosen !== null,
    chosenIsOut: changes?.chosen != null && changes.leftOut.has(changes.chosen),
    hasMarks: lookedUp.marks.length > 0,
    hasChips,
  };
}
