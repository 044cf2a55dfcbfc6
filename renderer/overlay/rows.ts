import type { Family } from '../../contract/atom.ts';
import type { Clip } from '../../contract/clips.ts';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import type { ModelRow } from '../../contract/model.ts';
import type { Command } from './commands/command.ts';
import type { CommandGroup } from './commands/groups.ts';
import type { ModelGroup } from './model-rows.ts';
import { typedPath } from './typed-path.ts';

/** A row of the list: what Enter does when it is chosen. */
export type Row =
  | { readonly kind: 'ask'; readonly id: 'ask'; readonly text: string }
  | {
      readonly kind: 'command';
      readonly id: string;
      /** Id of the command. */
      readonly command: string;
      readonly does: Command;
      readonly name: string;
      /** What it would be done to. */
      readonly hint?: string;
      /** What it is for, where rows stand under what they are for. */
      readonly group?: CommandGroup;
    }
  | {
      readonly kind: 'conversation';
      readonly id: string;
      readonly conversationId: string;
      readonly title: string;
      readonly hint: string;
      /** When it was last written in, in a few letters. */
      readonly when?: string;
    }
  | {
      readonly kind: 'model';
      readonly id: string;
      readonly model: ModelRow;
      readonly group: ModelGroup;
      /** The offline lock keeps from fetching or asking it. */
      readonly isClosed: boolean;
    }
  | { readonly kind: 'clip'; readonly id: string; readonly clip: Clip; readonly when: string }
  | {
      readonly kind: 'family';
      readonly id: string;
      /** The list that it leads to. */
      readonly of: FamilyName;
      readonly icon: string | null;
      /** The one of them that was used last; empty for none. */
      readonly last: string;
    }
  | {
      readonly kind: 'action';
      readonly id: string;
      readonly actionId: string;
      readonly name: string;
      /** Its name where it stands alone; absent where that is the same. */
      readonly fullName?: string;
      readonly hint: string;
      readonly icon: string | null;
    };

export type FamilyName = Family['of'];

/** An action on text as it can be found. */
export interface NamedAction {
  readonly actionId: string;
  readonly name: string;
  readonly hint: string;
  readonly icon: string | null;
  /** `replace`: it makes another text of the one at hand. `show`: it tells something about it. */
  readonly output: 'replace' | 'show';
  /** Milliseconds since 1970; 0 for never. */
  readonly usedAt: number;
  /** The row it stands behind, with its name there and what it can be found by; null for a row of its own. */
  readonly family: {
    readonly of: FamilyName;
    readonly name: string;
    readonly hint: string;
    readonly aliases: readonly string[];
  } | null;
  /** Its name in both languages, and the initials of its pinyin. */
  readonly aliases: readonly string[];
}

/** A command as it can be found: its name in the shown language, and other words that mean it. */
export interface NamedCommand {
  readonly command: Command;
  readonly name: string;
  /** Its name in both languages, and the initials of its pinyin where they are known. */
  readonly aliases: readonly string[];
}

const rowLimit = 30;

/**
 * Rows for what is typed. The first one is known at once: a question, unless the text is exactly the name of a command.
 * What a search finds comes after everything else, so that nothing moves under the finger.
 */
export function rowsForText(
  text: string,
  commands: readonly NamedCommand[],
  hits: readonly SearchHit[],
  actions: readonly NamedAction[] = [],
): readonly Row[] {
  const query = text.trim();
  const lower = query.toLowerCase();
  const exact = commands.find(({ name, aliases }) => [name, ...aliases].some((word) => word.toLowerCase() === lower));
  const others = commands.filter((command) => command !== exact && matches(command, lower));
  const ask: Row = { kind: 'ask', id: 'ask', text: query };
  const first = exact === undefined ? [...rowsForPath(query, commands), ask] : [toRow(exact), ask];
  // A sentence that begins like a command is a question all the same.
  const found = query.includes(' ') && exact === undefined ? [] : others.map(toRow);
  // What is typed so far may become the name of an action; a sentence is a question, whatever it begins with.
  const chosenActions = actions.filter(({ aliases }) => aliases.some((alias) => alias.toLowerCase().startsWith(lower)));
  return [...chosenActions.map(actionRow), ...first, ...found, ...hits.map(hitRow)].slice(0, rowLimit);
}

/** A path leads to the files there, which main's dialog lists. */
function rowsForPath(query: string, commands: readonly NamedCommand[]): readonly Row[] {
  const at = typedPath(query);
  const file = commands.find(({ command }) => command.id === 'file');
  if (at === null || file === undefined) return [];
  const does: Command = { ...file.command, keys: null, run: ({ client }) => void client.request('file.pick', { at }) };
  return [{ kind: 'command', id: 'command-path', command: 'file', does, name: file.name, hint: at }];
}

export function actionRow({ actionId, name, hint, icon }: NamedAction): Extract<Row, { kind: 'action' }> {
  return { kind: 'action', id: `action-${actionId}`, actionId, name, hint, icon };
}

/** Rows of an empty box: go on with the last chat, recent ones, and where else one can go. */
export function rowsForEmpty(
  recent: readonly ConversationSummary[],
  commands: readonly NamedCommand[],
  words: { readonly continueWith: string; readonly when: (time: number) => string },
): readonly Row[] {
  const [last, ...others] = recent;
  const rows: Row[] = [];
  if (last !== undefined) rows.push({ ...conversationRow(last, words.when), hint: words.continueWith });
  rows.push(...others.slice(0, 3).map((item) => conversationRow(item, words.when)));
  rows.push(...commands.filter(({ command }) => command.inEmptyBox === 'last').map(toRow));
  return rows;
}

export function conversationRow(
  { id, title, updatedAt }: ConversationSummary,
  when: (time: number) => string,
): Extract<Row, { kind: 'conversation' }> {
  return { kind: 'conversation', id: `chat-${id}`, conversationId: id, title, hint: '', when: when(updatedAt) };
}

export function toRow({ command, name }: NamedCommand): Extract<Row, { kind: 'command' }> {
  return { kind: 'command', id: `command-${command.id}`, command: command.id, does: command, name };
}

function hitRow({ conversationId, messageId, title, snippet }: SearchHit): Row {
  return {
    kind: 'conversation',
    id: `hit-${conversationId}-${messageId ?? ''}`,
    conversationId,
    title,
    hint: messageId === null ? '' : snippet,
  };
}

function matches({ name, aliases }: NamedCommand, lower: string): boolean {
  return (
    lower !== '' &&
    [name, ...aliases].some((word) => word.toLowerCase().startsWith(lower) || word.toLowerCase().includes(` ${lower}`))
  );
}
