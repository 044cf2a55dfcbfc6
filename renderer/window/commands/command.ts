import type { RendererContract } from '../../../contract/renderer.ts';
import type { WireClient } from '../../../wire/client.ts';
import type { KeyCommand } from '../../app/key-command.ts';

export type WindowPage = 'chats' | 'models' | 'actions' | 'usage' | 'settings';

/** What the main window shows, as far as commands depend on it. */
export interface WindowContext {
  readonly page: WindowPage;
  /** The chat that is open; the rest of it is about that one. */
  readonly isStored: boolean;
  /** `growing`: awaited or being written; `cut`: broken off, and can be continued. */
  readonly answer: 'none' | 'growing' | 'cut' | 'done';
  readonly isInputEmpty: boolean;
  /** The chosen model is not on this machine. */
  readonly goesAway: boolean;
  readonly hasMarks: boolean;
  /** Another model's answer to the last question is shown, too. */
  readonly hasFormer: boolean;
  /** Text is selected, which the page copies itself. */
  readonly hasSelection: boolean;
  /** The keyboard is in a field with text, whose own keys go first. */
  readonly isInText: boolean;
  readonly hasUndo: boolean;
}

/** What the page of chats can do; it does that wherever the keyboard is. */
export interface ChatsHost {
  readonly newChat: () => void;
  readonly find: () => void;
  readonly goToList: () => void;
  readonly goToComposer: () => void;
  readonly chooseModel: () => void;
  readonly addFile: () => void;
  readonly rename: () => void;
  readonly pin: () => void;
  readonly copyChat: () => void;
  readonly exportChat: () => void;
  /** Makes an action of the last question that was asked in words. */
  readonly makeAction: () => void;
  readonly remove: () => void;
  readonly copyAnswer: () => void;
  /** Copies the last answer as a picture. */
  readonly copyCard: () => void;
  readonly saveCard: () => void;
  readonly again: () => void;
  /** Chooses another model for the last question. */
  readonly againWith: () => void;
  readonly swapAnswers: () => void;
  readonly goOn: () => void;
  readonly stop: () => void;
  readonly editLast: () => void;
  readonly look: () => void;
  readonly nextMark: () => void;
  /** Opens the receipt of the last answer, or closes it. */
  readonly receipt: () => void;
}

/** What the page of actions can do. */
export interface ActionsHost {
  readonly newAction: () => void;
  readonly newChain: () => void;
  readonly save: () => void;
  readonly duplicate: () => void;
  readonly rename: () => void;
  readonly remove: () => void;
  readonly addStep: () => void;
  readonly run: () => void;
  readonly setKey: () => void;
  readonly find: () => void;
}

/** What a command of the window works with. */
export interface WindowHost {
  readonly client: WireClient<RendererContract>;
  readonly chats: ChatsHost;
  /** Null while that page was never looked at. */
  readonly actions: ActionsHost | null;
  readonly openPage: (page: WindowPage) => void;
  /** Searches what the page shows. */
  readonly find: () => void;
  readonly show: (dialog: 'commands' | 'keys') => void;
  readonly undo: () => void;
  readonly resize: (by: 1 | -1 | 0) => void;
}

export interface WindowCommand extends KeyCommand<WindowContext, WindowHost> {
  /** Where the list of keys tells of it. */
  readonly group: 'chat' | 'answer' | 'action' | 'window';
  /** Other keys that do it, of which nobody has to be told. */
  readonly also?: readonly string[];
}
