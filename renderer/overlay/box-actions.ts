import type { ErrorAction } from '../../contract/errors.ts';
import type { RendererContract } from '../../contract/renderer.ts';
import type { WireClient } from '../../wire/client.ts';
import { takeStep } from '../answer/take-step.ts';
import type { Changes } from '../answer/use-changes.ts';
import type { LookedUp } from '../answer/use-looked-up.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import type { CommandId } from './keymap.ts';
import type { Notice } from './notice-strip.tsx';
import type { Row } from './rows.ts';
import type { Box } from './use-box.ts';
import type { PutBackView } from './use-put-back.ts';
import type { View } from './use-rows.ts';

export interface BoxParts {
  readonly client: WireClient<RendererContract>;
  readonly box: Box;
  readonly conversation: ConversationView;
  readonly notice: Notice | null;
  readonly pinned: boolean;
  /** Ids of the chips that are on. */
  readonly chipIds: readonly string[];
  readonly putBack: PutBackView;
  /** What the answer changes in its text. */
  readonly changes: Changes;
  /** Which of its words stand nowhere in its text. */
  readonly lookedUp: LookedUp;
}

/** Everything that can be done from the box, by key, row or button. */
export interface BoxActions {
  readonly ask: (question: string) => Promise<void>;
  /** Uses an action on the texts of the chips that are on. */
  readonly use: (actionId: string) => Promise<void>;
  /** The same on the given chips, in a chat of its own, whatever is on the screen. */
  readonly callAnew: (actionId: string, selectionIds: readonly string[]) => Promise<void>;
  readonly run: (command: CommandId) => void;
  readonly choose: (row: Row | undefined) => void;
  /** The one next step of an error. */
  readonly act: (action: ErrorAction) => void;
  /** Escape: closes a list or a passage, stops an answer, clears the text, hides; the first of these that applies. */
  readonly goBack: () => void;
}

export function createBoxActions(parts: BoxParts): BoxActions {
  const { client, box, conversation, chipIds, putBack, lookedUp } = parts;
  const openPage = (page: 'chats' | 'models' | 'settings', conversationId: string | null = null) =>
    void client.request('window.open', { page, conversationId });
  const ask = async (question: string) => {
    if (question.trim() === '') return;
    putBack.forget();
    const edits = box.editing === null ? {} : { editsMessageId: box.editing };
    if (await conversation.ask(question, { ...edits, chipIds })) leaveList();
  };
  const use = async (actionId: string) => {
    putBack.forget();
    if (await conversation.ask('', { actionId, chipIds })) leaveList();
  };
  const callAnew = async (actionId: string, selectionIds: readonly string[]) => {
    putBack.forget();
    const asked = await conversation.ask('', { actionId, chipIds: selectionIds, anew: true });
    if (!asked) return;
    // What was being written has nothing to do with it, and would hide it.
    box.putAside();
    showBox();
  };
  const leaveList = () => {
    box.edit('', null);
    showBox();
  };
  const showBox = () => {
    box.setView('box');
    // What was sent belongs to its question now; the next one begins without it.
    if (chipIds.length > 0) void client.request('context.clear', {});
  };
  const run = (command: CommandId) => {
    if (command === 'notice') actOnNotice();
    else commandsOf(parts, openPage)[command]();
  };
  const act = (action: ErrorAction) =>
    takeStep(action, {
      goOn: () => void conversation.goOn(),
      again: () => void conversation.again(),
      openModels: () => openPage('models'),
      openSettings: () => openPage('settings'),
      newChat: box.home,
      editQuestion: () => run('edit-last'),
      copy: copyInstead,
      restart: () => void client.request('core.restart', {}),
    });
  const copyInstead = () => {
    putBack.forget();
    run('copy');
  };
  const actOnNotice = () => {
    const { notice } = parts;
    const action = notice?.error.action;
    if (notice?.act) notice.act();
    // What was refused is still in the input.
    else if (box.text.trim() !== '' && (action === 'try-again' || action === 'free-space')) void ask(box.text);
    else if (action !== undefined && (action !== 'shorten' || box.text === '')) act(action);
  };
  const goBack = () => {
    if (box.view !== 'box') box.setView('box');
    else if (lookedUp.chosen !== null) lookedUp.choose(null);
    else if (conversation.running) conversation.stop();
    else if (box.text !== '' || box.editing !== null) box.edit('', null);
    else void client.request('overlay.hide', {});
  };
  return {
    ask,
    use,
    callAnew,
    run,
    choose: (row) => choose(row, parts, { ask, use, run, openModels: () => openPage('models') }),
    act,
    goBack,
  };
}

type OpenPage = (page: 'chats' | 'models' | 'settings', conversationId?: string | null) => void;

function commandsOf(
  { client, box, conversation, pinned, putBack, changes, lookedUp }: BoxParts,
  openPage: OpenPage,
): Readonly<Record<Exclude<CommandId, 'notice'>, () => void>> {
  const last = conversation.messages.at(-1);
  const toggleView = (view: View) => () => box.setView(box.view === view ? 'box' : view);
  return {
    'new-chat': box.home,
    history: toggleView('history'),
    models: toggleView('models'),
    actions: toggleView('actions'),
    keys: toggleView('keys'),
    'again-with': toggleView('again-with'),
    settings: () => openPage('settings'),
    'open-window': () => openPage('chats', conversation.id),
    pin: () => void client.request('overlay.pin', { pinned: !pinned }),
    copy: () => last !== undefined && void client.request('clipboard.writeText', { text: changes.text ?? last.text }),
    again: () => void conversation.again(),
    'go-on': () => void conversation.goOn(),
    stop: conversation.stop,
    replace: () => void putBack.write('replace'),
    'insert-below': () => void putBack.write('insert-below'),
    'undo-put-back': () => void putBack.undo(),
    diff: box.toggleDiff,
    'next-change': () => changes.step(1),
    'previous-change': () => changes.step(-1),
    'leave-out': () => changes.chosen !== null && changes.toggle(changes.chosen),
    'next-mark': lookedUp.next,
    file: () => void client.request('file.pick', {}),
    quit: () => void client.request('app.quit', {}),
    'edit-last': () => {
      const question = conversation.messages.findLast(({ role }) => role === 'user');
      if (question !== undefined) box.edit(question.text, question.id);
    },
  };
}

interface RowSteps extends Pick<BoxActions, 'ask' | 'use' | 'run'> {
  readonly openModels: () => void;
}

function choose(row: Row | undefined, { client, box, conversation }: BoxParts, steps: RowSteps): void {
  if (row === undefined) return;
  const { view } = box;
  if (row.kind === 'ask') {
    void steps.ask(row.text);
    return;
  }
  if (row.kind === 'action') {
    void steps.use(row.actionId);
    return;
  }
  if (row.kind === 'model' && !row.model.installed && view !== 'again-with') {
    steps.openModels();
    return;
  }
  if (view === 'box') box.change('');
  else box.setView('box');
  if (row.kind === 'command') steps.run(row.command);
  else if (row.kind === 'conversation') conversation.open(row.conversationId);
  else if (view === 'again-with') void conversation.again(row.model.id);
  else void client.request('model.choose', { modelId: row.model.id });
}
