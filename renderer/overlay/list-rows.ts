import type { i18n } from 'i18next';
import type { Clip, ClipsStatus } from '../../contract/clips.ts';
import type { ConversationSummary, SearchHit } from '../../contract/conversation.ts';
import type { ModelRow } from '../../contract/model.ts';
import { formatWhen } from '../../locales/format-when.ts';
import { type AtHand, rowsForActions, rowsForFamily, rowsForSample } from './action-rows.ts';
import type { CommandContext } from './commands/context.ts';
import { groupOf } from './commands/groups.ts';
import { rowsForModels } from './model-rows.ts';
import {
  conversationRow,
  type FamilyName,
  type NamedAction,
  type NamedCommand,
  type Row,
  rowsForEmpty,
  rowsForText,
  toRow,
} from './rows.ts';
import { type BackIn, sayBackIn } from './use-back-in.ts';

/** What the list shows: the box itself, or one of its lists. */
export type View = 'box' | 'commands' | 'history' | 'models' | 'again-with' | 'clips' | 'keys' | FamilyName;

/** Whether a view is the second step of an action. */
export function isFamily(view: View): view is FamilyName {
  return view === 'rewrite' || view === 'translate' || view === 'tidy';
}

export interface RowsInput {
  readonly view: View;
  readonly text: string;
  readonly context: CommandContext;
  readonly models: readonly ModelRow[];
  readonly translator: i18n;
  /** An answer is on the screen: then the box shows no list. */
  readonly reading: boolean;
  /** What can be done with the text at hand; none without one. */
  readonly actions: readonly NamedAction[];
  readonly atHand: AtHand | 'sample';
  /** A file goes along: then Enter is for it, and not for what was not found selected. */
  readonly hasFile: boolean;
  /** What the last text that was put back can be taken out of, and since when it is there. */
  readonly backIn: BackIn | null;
  /** The offline lock is on. */
  readonly isLocked: boolean;
  /** Counts up with every call of the overlay: what is told of times is told anew then. */
  readonly shownCount: number;
}

/** What was found for the input by others. */
export interface Found {
  readonly recent: readonly ConversationSummary[];
  readonly hits: readonly SearchHit[];
  /** The commands that work now. */
  readonly named: readonly NamedCommand[];
  /** Kept copies, and whether any are kept. */
  readonly clips: readonly Clip[];
  readonly keeping: ClipsStatus;
  readonly now: number;
}

/** The rows of a view. */
export function listRows(input: RowsInput, found: Found): readonly Row[] {
  const { view, text, reading, actions } = input;
  const query = text.trim().toLowerCase();
  switch (view) {
    case 'keys':
      return [];
    case 'rewrite':
    case 'translate':
    case 'tidy':
      return familyRows(view, input, query);
    case 'commands':
      return (
        found.named
          // The list itself is open already.
          .filter(({ command }) => command.id !== 'commands')
          .filter(({ name, aliases }) => [name, ...aliases].some((word) => word.toLowerCase().includes(query)))
          .map((one) => ({ ...toRow(one), group: groupOf(one.command) }))
      );
    case 'models':
    case 'again-with':
      return rowsForModels({
        ...{ models: input.models, query, isLocked: input.isLocked },
        withMissing: view === 'models',
      });
    case 'history':
      return historyRows(input, found, query);
    case 'clips':
      return clipRows(input, found);
    case 'box':
      // What is typed under an answer is the next question: the answer stays, and commands are found under Ctrl+K.
      if (reading) return [];
      return query === ''
        ? emptyRows(input, found)
        : [
            ...(actions.length > 0 ? numbered(emptyRows(input, found), query) : []),
            ...rowsForText(text, found.named, found.hits, actions),
            ...found.clips.map(clipRow(input, found)),
          ];
  }
}

/** A bare digit is typed like a letter; who meant the row that shows it finds that row first, and what was typed behind it. */
function numbered(rows: readonly Row[], query: string): readonly Row[] {
  const row = /^[1-9]$/.test(query) ? rows[Number(query) - 1] : undefined;
  return row === undefined ? [] : [row];
}

function familyRows(of: FamilyName, { text, actions, translator }: RowsInput, query: string): readonly Row[] {
  const rows = rowsForFamily(of, actions, query);
  if (rows.length > 0 || query === '') return rows;
  const meant = numbered(rowsForFamily(of, actions, ''), query);
  return [
    ...meant,
    { kind: 'ask', id: 'ask', text: translator.t(`ownWords.${of}`, { ns: 'overlay', text: text.trim() }) },
  ];
}

/** Where nothing is kept, one row says why and leads to where that can be changed. */
function clipRows(input: RowsInput, found: Found): readonly Row[] {
  const settings = found.named.find(({ command }) => command.id === 'settings');
  const said = { ns: 'overlay', context: found.keeping } as const;
  const isKept = found.keeping === 'on' || found.keeping === 'starting' || found.clips.length > 0;
  if (!isKept && settings !== undefined)
    return [{ ...toRow(settings), id: 'clips-off', name: input.translator.t('clips.why', said) }];
  return found.clips.map(clipRow(input, found));
}

function clipRow(input: RowsInput, { now }: Found): (clip: Clip) => Row {
  return (clip) => ({ kind: 'clip', id: `clip-${clip.id}`, clip, when: whenIn(input, now)(clip.at) });
}

function historyRows(input: RowsInput, { recent, hits, now }: Found, query: string): readonly Row[] {
  const byTitle = recent
    .filter(({ title }) => title.toLowerCase().includes(query))
    .map((item) => conversationRow(item, whenIn(input, now)));
  const shown = new Set(byTitle.map(({ conversationId }) => conversationId));
  const more = hits.filter(({ conversationId }) => !shown.has(conversationId));
  return [...byTitle, ...rowsForText('', [], more).slice(1)];
}

function emptyRows(input: RowsInput, { recent, named, now }: Found): readonly Row[] {
  const { actions, atHand, backIn, hasFile, translator } = input;
  if (atHand === 'sample') return rowsForSample(actions, translator.t('first.firstAnswer', { ns: 'overlay' }));
  const hint = backIn === null ? '' : sayBackIn(backIn, languageOf(input));
  const first = named.filter(({ command }) => command.inEmptyBox === 'first').map((row) => ({ ...toRow(row), hint }));
  const words = { continueWith: translator.t('row.continue', { ns: 'overlay' }), when: whenIn(input, now) };
  const rows = actions.length > 0 ? rowsForActions(actions, atHand) : rowsForEmpty(recent, named, words);
  // Whoever corrects one sentence after the other, or drops a file, does not want the last one undone by Enter.
  const before = backIn?.isBehind === true || hasFile ? rows.slice(0, 1) : [];
  return [...before, ...first, ...rows.slice(before.length)];
}

function whenIn(input: RowsInput, now: number): (time: number) => string {
  return (time) => formatWhen(time, now, languageOf(input));
}

function languageOf({ translator }: RowsInput): 'en' | 'zh-CN' {
  return translator.language === 'zh-CN' ? 'zh-CN' : 'en';
}
