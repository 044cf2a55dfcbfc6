import type { ErrorAction } from '../../contract/errors.ts';
import type { Call } from '../../contract/routes/calls.ts';
import { takeStep } from '../answer/take-step.ts';
import type { BoxParts } from './box-parts.ts';
import { copy, editLast } from './commands/answer.ts';
import type { Command, CommandHost } from './commands/command.ts';
import type { Row } from './rows.ts';

/** Everything that can be done from the box, by key, row or button. */
export interface BoxActions {
  readonly ask: (question: string, show?: boolean) => Promise<void>;
  /** Uses an action on the texts of the chips that are on. `show`: after the person saw what is sent. */
  readonly use: (actionId: string, show?: boolean) => Promise<void>;
  /** Shows what the key of an action began, whatever is on the screen. */
  readonly showCalled: (call: Call) => void;
  readonly run: (command: Command) => void;
  readonly choose: (row: Row | undefined) => void;
  /** Throws a kept copy away. */
  readonly remove: (row: Row) => void;
  /** The one next step of an error. */
  readonly act: (action: ErrorAction) => void;
  /** Escape: closes a list or a passage, stops an answer, clears the text, hides; the first of these that applies. */
  readonly goBack: () => void;
}

/** `chosen`: the row that Enter would do; undefined where there are none. */
export function createBoxActions(parts: BoxParts, chosen: Row | undefined = undefined): BoxActions {
  const { client, box, conversation, putBack, lookedUp } = parts;
  const openPage: CommandHost['openPage'] = (page, conversationId = null) =>
    void client.request('window.open', { page, conversationId });
  const asking = createAsking(parts);
  const look = () => {
    if (chosen?.kind === 'action') void asking.use(chosen.actionId, true);
    else void asking.ask(chosen?.kind === 'ask' ? chosen.text : box.text, true);
  };
  const run = (command: Command) => command.run({ ...parts, openPage, ask: asking.ask, act, look });
  const act = (action: ErrorAction) =>
    takeStep(action, {
      goOn: () => void conversation.goOn(),
      again: () => void conversation.again(),
      openModels: () => openPage('models'),
      openSettings: () => openPage('settings'),
      openUsage: () => openPage('usage'),
      newChat: box.home,
      editQuestion: () => run(editLast),
      copy: copyInstead,
      restart: () => void client.request('core.restart', {}),
      look: () => void conversation.again(undefined, true),
    });
  const copyInstead = () => {
    putBack.forget();
    run(copy);
  };
  const goBack = () => {
    if (box.view !== 'box') box.setView('box');
    else if (lookedUp.chosen !== null) lookedUp.choose(null);
    else if (conversation.running) conversation.stop();
    else if (box.text !== '' || box.editing !== null) box.edit('', null);
    else void client.request('overlay.hide', {});
  };
  const remove = (row: Row) => {
    if (row.kind === 'clip') void client.request('clips.remove', { id: row.clip.id });
  };
  const steps = { ...asking, run, openPage };
  return { ...asking, run, choose: (row) => choose(row, parts, steps), remove, act, goBack };
}

function createAsking({
  client,
  box,
  conversation,
  chipIds,
  putBack,
}: BoxParts): Pick<BoxActions, 'ask' | 'use' | 'showCalled'> {
  const showBox = () => {
    box.setView('box');
    // What was sent belongs to its question now; the next one begins without it.
    if (chipIds.length > 0) void client.request('context.clear', {});
  };
  const leaveList = () => {
    box.edit('', null);
    showBox();
  };
  return {
    ask: async (question, show = false) => {
      if (question.trim() === '') return;
      putBack.forget();
      const edits = box.editing === null ? {} : { editsMessageId: box.editing };
      if (await conversation.ask(question, { ...edits, chipIds, show })) leaveList();
    },
    use: async (actionId, show = false) => {
      putBack.forget();
      if (await conversation.ask('', { actionId, chipIds, show })) leaveList();
    },
    showCalled: (call) => {
      putBack.forget();
      if (call.status === 'refused') {
        conversation.refuse(call.cause);
        return;
      }
      conversation.attach(call.run);
      // What was being written has nothing to do with it, and would hide it.
      box.putAside();
      box.setView('box');
    },
  };
}

/** Copies what was kept, and goes: it is pasted where the keyboard is then. */
async function putIn(id: string, client: BoxParts['client'], conversation: BoxParts['conversation']): Promise<void> {
  const answer = await client.request('clips.putIn', { id });
  if (answer.ok) void client.request('overlay.hide', {});
  else conversation.refuse(answer.error);
}

type RowSteps = Pick<BoxActions, 'ask' | 'use' | 'run'> & Pick<CommandHost, 'openPage'>;

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
  if (row.kind === 'model' && row.isClosed) {
    steps.openPage('settings');
    return;
  }
  if (row.kind === 'model' && !row.model.installed && view !== 'again-with') {
    void client.request('model.download', { modelId: row.model.id });
    box.setView('box');
    return;
  }
  if (row.kind === 'clip') {
    void putIn(row.clip.id, client, conversation);
    return;
  }
  if (row.kind === 'family') {
    box.setView(row.of);
    return;
  }
  if (view === 'box') box.change('');
  else box.setView('box');
  if (row.kind === 'command') steps.run(row.does);
  else if (row.kind === 'conversation') conversation.open(row.conversationId);
  else if (view === 'again-with') void conversation.again(row.model.id);
  else void client.request('model.choose', { modelId: row.model.id });
}
