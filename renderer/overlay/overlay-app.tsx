import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorAction } from '../../contract/errors.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { countWords } from '../app/look.ts';
import { useModels } from '../app/use-models.ts';
import { useConversation } from '../run/use-conversation.ts';
import { AskLine } from './ask-line.tsx';
import { CompositionWatch } from './composition.ts';
import { readDraft, saveDraft } from './draft.ts';
import { FirstRun } from './first-run.tsx';
import { Footer } from './footer.tsx';
import { type CommandId, findCommand, findRowNumber, type KeyContext } from './keymap.ts';
import { KeysPanel } from './keys-panel.tsx';
import { NoticeStrip, useNotice } from './notice-strip.tsx';
import { Reading } from './reading.tsx';
import { RowList, rowElementId } from './row-list.tsx';
import type { Row } from './rows.ts';
import { useOverlayHeight } from './use-overlay-height.ts';
import { useRows, type View } from './use-rows.ts';

/** The one box for everything: typing finds actions and chats, and is itself the question. */
export function OverlayApp({ initialText }: { readonly initialText: string }): ReactNode {
  const firstRun = useMirror('shell')?.firstRun === true;
  return firstRun ? <FirstRun /> : <OverlayBox initialText={initialText} />;
}

function OverlayBox({ initialText }: { readonly initialText: string }): ReactNode {
  const client = useClient();
  const { t, i18n } = useTranslation('overlay');
  const shell = useMirror('shell');
  const conversation = useConversation();
  const models = useModels();
  const notice = useNotice(conversation.error);
  const [text, setText] = useState(() => initialText || readDraft());
  const [view, setView] = useState<View>('box');
  const [chosen, setChosen] = useState(0);
  const [editing, setEditing] = useState<string | null>(null);
  const composition = useRef(new CompositionWatch());
  const box = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const platform = shell?.platform ?? 'linux';
  const maxHeight = shell?.overlay.maxHeight ?? 600;
  const last = conversation.messages.at(-1);
  const context: KeyContext = {
    inputEmpty: text.trim() === '',
    running: conversation.running,
    hasAnswer: last?.role === 'assistant',
    hasSelection: false,
    hasNotice: notice !== null,
  };
  const reading = conversation.id !== null && view === 'box';
  const rows = useRows({ view, text, context, models, translator: i18n, reading });
  const at = Math.min(chosen, Math.max(rows.length - 1, 0));
  const growing = conversation.running && reading;
  useOverlayHeight(box, growing, maxHeight);
  useEffect(() => saveDraft(text), [text]);

  const change = useCallback((value: string) => {
    setText(value);
    setChosen(0);
  }, []);
  const home = useCallback(() => {
    change('');
    setView('box');
    setEditing(null);
    conversation.open(null);
  }, [change, conversation.open]);

  // Hidden for a while, the box empties itself, so that the next call finds it fresh. A draft and a running answer stay.
  const fresh = shell?.overlay.fresh === true && !shell.overlay.visible;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment it becomes fresh counts
  useEffect(() => {
    if (fresh && !conversation.running) {
      setView('box');
      setEditing(null);
      conversation.open(null);
    }
  }, [fresh]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is shown the keys go to the input
  useEffect(() => input.current?.focus(), [shell?.overlay.shownCount]);

  const ask = useCallback(
    async (question: string, modelId?: string) => {
      if (question.trim() === '') return;
      const options = {
        ...(editing === null ? {} : { editsMessageId: editing }),
        ...(modelId === undefined ? {} : { modelId }),
      };
      const accepted = await conversation.ask(question, options);
      if (!accepted) return;
      change('');
      setEditing(null);
      setView('box');
    },
    [change, conversation.ask, editing],
  );

  const openPage = (page: 'chats' | 'models' | 'settings', conversationId: string | null = null) =>
    void client.request('window.open', { page, conversationId });

  const act = (action: ErrorAction) => {
    if (action === 'try-again' || action === 'free-space' || action === 'continue') void conversation.again();
    else if (action === 'get-model' || action === 'choose-model' || action === 'open-models') openPage('models');
    else if (action === 'choose-hotkey' || action === 'open-settings') openPage('settings');
    else if (action === 'new-chat') home();
    else if (action === 'shorten') runCommand('edit-last');
    else if (action === 'restart') void client.request('core.restart', {});
  };

  const runCommand = (id: CommandId) => {
    if (id === 'new-chat') home();
    else if (id === 'history' || id === 'models' || id === 'actions' || id === 'keys' || id === 'again-with') {
      const next: View = id === 'actions' ? 'actions' : id;
      setView(view === next ? 'box' : next);
      change('');
    } else if (id === 'settings') openPage('settings');
    else if (id === 'open-window') openPage('chats', conversation.id);
    else if (id === 'pin') void client.request('overlay.pin', { pinned: shell?.overlay.pinned !== true });
    else if (id === 'copy' && last !== undefined) void client.request('clipboard.writeText', { text: last.text });
    else if (id === 'again') void conversation.again();
    else if (id === 'stop') conversation.stop();
    else if (id === 'notice') notice?.act();
    else if (id === 'quit') void client.request('app.quit', {});
    else if (id === 'edit-last') {
      const question = conversation.messages.findLast(({ role }) => role === 'user');
      if (question === undefined) return;
      change(question.text);
      setEditing(question.id);
    }
  };

  const choose = (row: Row | undefined) => {
    if (row === undefined) return;
    if (row.kind === 'ask') void ask(row.text);
    else if (row.kind === 'command') {
      setView('box');
      change('');
      runCommand(row.command);
    } else if (row.kind === 'conversation') {
      change('');
      setView('box');
      conversation.open(row.conversationId);
    } else if (view === 'again-with') {
      setView('box');
      void conversation.again(row.model.id);
    } else if (row.model.installed) {
      setView('box');
      void client.request('model.choose', { modelId: row.model.id });
    } else openPage('models');
  };

  const goBack = () => {
    if (view !== 'box') setView('box');
    else if (conversation.running) conversation.stop();
    else if (text !== '' || editing !== null) {
      change('');
      setEditing(null);
    } else void client.request('overlay.hide', {});
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (composition.current.owns(event.nativeEvent)) return;
    const hasSelection = (window.getSelection()?.toString() ?? '') !== '' || hasInputSelection(input.current);
    const press = event.nativeEvent;
    const number = findRowNumber(press, platform);
    const command = findCommand(press, platform, { ...context, hasSelection });
    if (press.key === 'Escape') goBack();
    else if (number !== null && rows.length > 0) choose(rows[number]);
    else if (command !== null && !(command === 'edit-last' && view !== 'box')) runCommand(command);
    else if (press.key === 'ArrowDown' && rows.length > 0) setChosen((at + 1) % rows.length);
    else if (press.key === 'ArrowUp' && rows.length > 0) setChosen((at - 1 + rows.length) % rows.length);
    else if (press.key === 'Enter' && !press.shiftKey && !press.ctrlKey && !press.altKey && isBoxKey(event)) {
      if (rows.length > 0) choose(rows[at]);
      else void ask(text);
    } else return;
    event.preventDefault();
  };

  const answered = last?.role === 'assistant' && last.state === 'complete' && !conversation.running;
  return (
    <main className="box" ref={box} style={{ maxHeight }} onKeyDown={onKeyDown}>
      <h1 className="hidden-live">{t('name')}</h1>
      <AskLine
        input={input}
        text={text}
        editing={editing !== null}
        followUp={reading}
        chosenRowId={rows.length > 0 ? rowElementId(at) : null}
        onChange={change}
        onCompositionStart={() => composition.current.start()}
        onCompositionEnd={(event) => composition.current.end(event.timeStamp)}
      />
      {notice !== null && <NoticeStrip notice={notice} platform={platform} />}
      {view === 'keys' && <KeysPanel platform={platform} />}
      {reading && context.inputEmpty && <Reading conversation={conversation} onAction={act} />}
      {rows.length > 0 && <RowList rows={rows} chosen={at} platform={platform} onChoose={choose} onHover={setChosen} />}
      {reading && !context.inputEmpty && rows.length === 0 && <Reading conversation={conversation} onAction={act} />}
      <Footer conversation={conversation} models={models} row={rows[at]} context={context} platform={platform} />
      <span className="hidden-live" role="status">
        {answered ? t('live.ready', { count: countWords(last.text) }) : ''}
      </span>
    </main>
  );
}

function hasInputSelection(input: HTMLTextAreaElement | null): boolean {
  return input !== null && input.selectionStart !== input.selectionEnd;
}

/** Enter on a button of the answer presses that button. */
function isBoxKey(event: KeyboardEvent): boolean {
  return (
    !(event.target instanceof HTMLButtonElement) &&
    !(event.target instanceof HTMLElement && event.target.tagName === 'SUMMARY')
  );
}
