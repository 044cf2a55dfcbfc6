import type { ErrorAction } from '../../contract/errors.ts';
import type { RendererContract } from '../../contract/renderer.ts';
import type { WireClient } from '../../wire/client.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import type { CommandId } from './keymap.ts';
import type { Notice } from './notice-strip.tsx';
import type { Row } from './rows.ts';
import type { Box } from './use-box.ts';
import type { View } from './use-rows.ts';

export interface BoxParts {
  readonly client: WireClient<RendererContract>;
  readonly box: Box;
  readonly conversation: ConversationView;
  readonly notice: Notice | null;
  readonly pinned: boolean;
}

/** Everything that can be done from the box, by key, row or button. */
export interface BoxActions {
  readonly ask: (question: string) => Promise<void>;
  readonly run: (command: CommandId) => void;
  readonly choose: (row: Row | undefined) => void;
  /** The one next step of an error. */
  readonly act: (action: ErrorAction) => void;
  /** Escape: closes a list, stops an answer, clears the text, hides; the first of these that applies. */
  readonly goBack: () => void;
}

export function createBoxActions(parts: BoxParts): BoxActions {
  const { client, box, conversation } = parts;
  const openPage = (page: 'chats' | 'models' | 'settings', conversationId: string | null = null) =>
    void client.request('window.open', { page, conversationId });
  const ask = async (question: string) => {
    if (question.trim() === '') return;
    const accepted = await conversation.ask(question, box.editing === null ? {} : { editsMessageId: box.editing });
    if (!accepted) return;
    box.edit('', null);
    box.setView('box');
  };
  const run = (command: CommandId) => commandsOf(parts, openPage)[command]();
  const act = (action: ErrorAction) => {
    if (action === 'try-again' || action === 'free-space' || action === 'continue') void conversation.again();
    else if (action === 'get-model' || action === 'choose-model' || action === 'open-models') openPage('models');
    else if (action === 'choose-hotkey' || action === 'open-settings') openPage('settings');
    else if (action === 'new-chat') box.home();
    else if (action === 'shorten') run('edit-last');
    else if (action === 'restart') void client.request('core.restart', {});
  };
  const goBack = () => {
    if (box.view !== 'box') box.setView('box');
    else if (conversation.running) conversation.stop();
    else if (box.text !== '' || box.editing !== null) box.edit('', null);
    else void client.request('overlay.hide', {});
  };
  return {
    ask,
    run,
    choose: (row) => choose(row, parts, { ask, run, openModels: () => openPage('models') }),
    act,
    goBack,
  };
}

type OpenPage = (page: 'chats' | 'models' | 'settings', conversationId?: string | null) => void;

function commandsOf(
  { client, box, conversation, notice, pinned }: BoxParts,
  openPage: OpenPage,
): Readonly<Record<CommandId, () => void>> {
  const last = conversation.messages.at(-1);
  const toggleView = (view: View) => () => {
    box.setView(box.view === view ? 'box' : view);
    box.change('');
  };
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
    copy: () => last !== undefined && void client.request('clipboard.writeText', { text: last.text }),
    again: () => void conversation.again(),
    stop: conversation.stop,
    notice: () => notice?.act(),
    quit: () => void client.request('app.quit', {}),
    'edit-last': () => {
      const question = conversation.messages.findLast(({ role }) => role === 'user');
      if (question !== undefined) box.edit(question.text, question.id);
    },
  };
}

interface RowSteps extends Pick<BoxActions, 'ask' | 'run'> {
  readonly openModels: () => void;
}

function choose(row: Row | undefined, { client, box, conversation }: BoxParts, steps: RowSteps): void {
  if (row === undefined) return;
  const { view } = box;
  if (row.kind === 'ask') {
    void steps.ask(row.text);
    return;
  }
  if (row.kind === 'model' && !row.model.installed && view !== 'again-with') {
    steps.openModels();
    return;
  }
  box.setView('box');
  if (row.kind !== 'model') box.change('');
  if (row.kind === 'command') steps.run(row.command);
  else if (row.kind === 'conversation') conversation.open(row.conversationId);
  else if (view === 'again-with') void conversation.again(row.model.id);
  else void client.request('model.choose', { modelId: row.model.id });
}
