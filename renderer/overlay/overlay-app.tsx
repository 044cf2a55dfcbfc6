import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import { countWords } from '../../text/words.ts';
import { useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';
import { notTakenIn } from '../run/too-long.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import { SendingSheet } from '../sending/sheet.tsx';
import { useMayGoAway } from '../sending/use-route.ts';
import { useSheetOfText } from '../sending/use-sheet-of-text.ts';
import { AskLine } from './ask-line.tsx';
import { type BoxActions, createBoxActions } from './box-actions.ts';
import type { BoxParts } from './box-parts.ts';
import { Chips, useChips } from './chips.tsx';
import { takeNotice } from './commands/attention.ts';
import { commands } from './commands/commands.ts';
import { type CommandContext, contextOf } from './commands/context.ts';
import { DropZone } from './drop-zone.tsx';
import { EditingLine } from './editing-line.tsx';
import { Examples } from './examples.tsx';
import { FirstRun } from './first-run.tsx';
import { Footer } from './footer.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { isFamily } from './list-rows.ts';
import { NoticeStrip } from './notice-strip.tsx';
import { PlaceLine } from './place-line.tsx';
import { Reading } from './reading.tsx';
import { RowList, rowElementId } from './row-list.tsx';
import type { Row } from './rows.ts';
import { useBoxParts } from './use-box-parts.ts';
import { useCalled } from './use-called.ts';
import { useNewChat } from './use-new-chat.ts';
import { useNewSelection } from './use-new-selection.ts';
import { offersAStep } from './use-notices.ts';
import { useOverlayHeight } from './use-overlay-height.ts';
import { useRest } from './use-rest.ts';
import { useShownRows } from './use-shown-rows.ts';
import { type Typing, useFocused, useTyping } from './use-typing.ts';

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

const noRows: readonly Row[] = [];

function OverlayBox({ initialText, unasked }: OverlayBoxProps): ReactNode {
  const { t } = useTranslation('overlay');
  const { platform = 'linux', overlay } = useMirror('shell') ?? {};
  const maxHeight = overlay?.maxHeight ?? 600;
  const models = useModels();
  const chips = useChips();
  const parts = useBoxParts(initialText, chips);
  const { box, conversation } = parts;
  const element = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const context = contextNow(parts, chips, useMayGoAway(models));
  // It is shown in whichever list it was asked for: nothing is sent that is not seen.
  const isLooking = conversation.sheet !== null;
  const reading = conversation.id !== null && box.view === 'box' && !isLooking;
  useNewSelection(reading, conversation.running || box.text !== '', box.home);
  const found = useShownRows({ parts, chips, models, context, reading });
  const rows = isLooking ? noRows : found;
  const at = Math.min(box.chosen, Math.max(rows.length - 1, 0));
  const growing = isGrowing(conversation) && reading;
  useOverlayHeight(element, growing, maxHeight);
  useNewChat(box.home);
  useRest(conversation.id === null && box.text === '' && box.view === 'box');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is shown the keys go to the input
  useEffect(() => focusBox(element.current, input.current), [overlay?.shownCount]);
  const { focused, onFocus } = useFocused(input);
  const actions = createBoxActions(parts, rows[at]);
  useSheetOfText(conversation.sheet, box.text);
  useCalled(actions.showCalled);
  useAskedBefore(unasked, () => void actions.ask(initialText));
  const typing = useTyping({ box, actions, rows, at, context, platform, input });
  const footerFocus = chips.find(({ id }) => id === focused) ?? (focused === 'button' ? 'button' : 'box');
  const className = growing ? 'box growing' : 'box';
  return (
    <main
      className={className}
      ref={element}
      style={limited(maxHeight)}
      tabIndex={-1}
      {...typing.keys}
      onFocus={onFocus}
    >
      <h1 className="hidden-live">{t('name')}</h1>
      <Asking parts={parts} input={input} reading={reading} hasRows={rows.length > 0} at={at} typing={typing.text} />
      <Shown parts={parts} actions={actions} rows={rows} at={at} reading={reading} context={context} />
      <Footer {...{ parts, models, platform, context }} row={rows[at]} focused={footerFocus} />
      <DropZone />
      <AnswerReady conversation={conversation} />
    </main>
  );
}

/** A form that waits has its whole height at once, so that more of what is behind the box is seen while it is filled in. */
function isGrowing({ running, run }: Pick<BoxParts['conversation'], 'running' | 'run'>): boolean {
  return running && (run?.form ?? null) === null;
}

/** A form that waits has the keys before the box has them. */
function focusBox(box: HTMLElement | null, input: HTMLTextAreaElement | null): void {
  const asked = box?.querySelector<HTMLElement>(
    '.answer-form [data-field]:checked, .answer-form input:not([type=radio])',
  );
  (asked ?? input)?.focus();
}

/** Asks what was entered on the bare page, once the box takes over from it. */
function useAskedBefore(unasked: OverlayBoxProps['unasked'], ask: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the box is there
  useEffect(() => {
    if (unasked.current) ask();
    unasked.current = false;
  }, []);
}

/** Tallest the box may be; where its window is shorter, overlay.css ends it there. */
function limited(pixels: number): CSSProperties {
  return { '--limit': `${pixels}px` } as CSSProperties;
}

function contextNow(
  { box, conversation, notice, ...parts }: BoxParts,
  chips: readonly ContextChip[],
  mayGoAway: boolean,
): CommandContext {
  const hasNotice = notice !== null && offersAStep(notice);
  return contextOf({
    ...parts,
    text: box.text,
    editing: box.editing !== null,
    showsDiff: box.showsDiff,
    conversation,
    hasNotice,
    hasChips: chips.length > 0,
    goesAway: mayGoAway,
    offersCopy: chips.some(({ offersCopy }) => offersCopy === true),
  });
}

interface AskingProps {
  readonly parts: BoxParts;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly reading: boolean;
  readonly hasRows: boolean;
  readonly at: number;
  readonly typing: Typing['text'];
}

function Asking({ parts, input, reading, hasRows, at, typing }: AskingProps): ReactNode {
  const { t } = useTranslation('overlay');
  const { box, conversation, pinned } = parts;
  return (
    <AskLine
      input={input}
      text={box.text}
      placeholder={t(reading ? 'input.followUp' : `input.${box.view}`)}
      pinned={pinned}
      step={isFamily(box.view) ? box.view : null}
      chosenRowId={hasRows ? rowElementId(at) : null}
      listsModels={box.view === 'models'}
      onModels={() => box.setView(box.view === 'models' ? 'box' : 'models')}
      onChange={box.change}
      onTooLong={() => conversation.refuse(notTakenIn)}
      {...typing}
    />
  );
}

interface ShownProps {
  readonly parts: BoxParts;
  readonly actions: BoxActions;
  readonly rows: readonly Row[];
  readonly at: number;
  readonly reading: boolean;
  readonly context: CommandContext;
}

/** What is between the input and the footer. An answer stays as it is while the next question is typed. */
function Shown({ parts, actions, rows, at, reading, context }: ShownProps): ReactNode {
  const { t } = useTranslation('overlay');
  const platform = useMirror('shell')?.platform ?? 'linux';
  const { box, conversation, notice, notices, changes, lookedUp, openReceipt } = parts;
  const { view, showsDiff } = box;
  const hasSample = useChips().some(({ sample }) => sample);
  const editing = box.editing !== null;
  const isEmptyList = rows.length === 0 && view !== 'box' && view !== 'keys' && conversation.sheet === null;
  return (
    <div className="middle">
      {view === 'box' && <Chips open={box.showsContext} reading={reading} />}
      {notice !== null && (
        <NoticeStrip
          {...{ notice, platform, others: notices.others }}
          onAct={() => actions.run(takeNotice)}
          onPutAway={() => notices.putAway(notice)}
        />
      )}
      {view === 'keys' && <KeysPanel platform={platform} />}
      {conversation.sheet !== null && <SendingSheet sheet={conversation.sheet} />}
      {editing && <EditingLine />}
      {reading && (
        <Reading
          {...{ conversation, showsDiff, changes, lookedUp, openReceipt }}
          dimmed={editing}
          onAction={actions.act}
        />
      )}
      {isEmptyList && (
        <p className="nothing dim" role="status">
          {t('nothing')}
        </p>
      )}
      {rows.length > 0 && (
        <RowList rows={rows} chosen={at} platform={platform} onChoose={actions.choose} onHover={box.setChosen} />
      )}
      <PlaceLine
        moment={{ ...context, view, hasRows: rows.length > 0, hasSelection: false }}
        application={parts.putBack.application}
        isLeaving={parts.leaving.isSaid}
        platform={platform}
        choices={askedChoices}
        onChoose={actions.run}
      />
      {hasSample && !reading && view === 'box' && box.text === '' && conversation.sheet === null && <Examples />}
    </div>
  );
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

/** What the person is asked to choose from, in an application where nobody has tried to put text back. */
const askedChoices = commands.filter(({ id }) => ['replace', 'replace-always', 'copy'].includes(id));
