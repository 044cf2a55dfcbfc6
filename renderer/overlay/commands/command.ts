import type { ErrorAction } from '../../../contract/errors.ts';
import type { KeyCommand } from '../../app/key-command.ts';
import type { BoxParts } from '../box-parts.ts';
import type { CommandContext, KeyMoment } from './context.ts';

/**
 * One thing that can be done from the box, found under Ctrl+K. Its name is `command.<id>` in `locales/`; the list, the footer,
 * F1 and the search by pinyin are made from it.
 */
export interface Command extends KeyCommand<CommandContext, CommandHost> {
  /** What the footer says of it; absent: nothing. */
  readonly hint?: CommandHint;
  /** Whether its key means the command at this moment, and no row or selected text; absent: whenever `when` holds. */
  readonly keyWhen?: (moment: KeyMoment) => boolean;
  /** Another key that runs it at some moments. */
  readonly otherKey?: { readonly keys: string; readonly when: (moment: KeyMoment) => boolean };
  /** Where an empty box lists it: before the chats or after them; absent: nowhere. */
  readonly inEmptyBox?: 'first' | 'last';
  /** It is for what is shown before it is sent, while which nothing else has a key. */
  readonly inSheet?: true;
}

/** A key of the footer, named by `hint.<name>` in `locales/`. */
export interface CommandHint {
  /** Its place among the hints of the footer, counted from the left. */
  readonly at: number;
  readonly name: string | ((context: CommandContext) => string);
  /** What has to be on the screen: an answer that ended and no rows, the box with or without rows, or nothing special. */
  readonly with: 'answer' | 'box' | 'anything';
  /** Whether it is worth the room; absent: whenever the command works. */
  readonly when?: (moment: KeyMoment) => boolean;
  /** Whether it is what people most likely want next; absent: never. */
  readonly main?: (moment: KeyMoment) => boolean;
}

/** What a command works with. */
export interface CommandHost extends BoxParts {
  readonly openPage: (page: 'chats' | 'models' | 'usage' | 'settings', conversationId?: string | null) => void;
  readonly ask: (question: string) => Promise<void>;
  /** Shows what Enter would send. */
  readonly look: () => void;
  /** Takes the one next step of an error. */
  readonly act: (action: ErrorAction) => void;
}
