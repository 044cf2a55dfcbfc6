import type { Message } from '../../contract/conversation.ts';
import type { Command, CommandHost } from '../../renderer/overlay/commands/command.ts';
import { commands } from '../../renderer/overlay/commands/commands.ts';
import { WireClient } from '../../wire/client.ts';

/** What a command did: requests by their names with what was asked, and calls of the page's own parts. */
export type Done = readonly (readonly [name: string, ...given: readonly unknown[]])[];

export interface RunInput {
  readonly messages?: readonly Message[];
  readonly parts?: Partial<CommandHost>;
}

/** Runs a command by its id in a box that notes what is done in it. */
export function runCommand(id: string, input: RunInput = {}): Done {
  const command = commands.find((one) => one.id === id);
  if (command === undefined) throw new Error(`no command ${id}`);
  return runIn(command, input);
}

function runIn(command: Command, { messages = [], parts = {} }: RunInput): Done {
  const done: (readonly [string, ...unknown[]])[] = [];
  const note =
    (name: string) =>
    (...given: readonly unknown[]) =>
      void done.push([name, ...given]);
  const noteLater =
    (name: string) =>
    async (...given: readonly unknown[]) =>
      note(name)(...given);
  const nothing = () => ({ dispose: () => {} });
  const client = new WireClient(
    {
      send: (frame) => {
        const { name, input } = frame as { readonly name: string; readonly input: unknown };
        done.push([name, input]);
      },
      onMessage: nothing,
      onClose: nothing,
      close: () => {},
    },
    null,
  );
  command.run({
    client,
    ...pageParts(messages, note, noteLater),
    notice: null,
    notices: { first: null, others: 0, putAway: note('putAway'), beginAnew: note('beginAnew') },
    pinned: false,
    chipIds: [],
    failedFiles: [],
    openPage: note('openPage'),
    ask: noteLater('ask'),
    act: note('act'),
    look: note('look'),
    ...parts,
  });
  return done;
}

type Note = (name: string) => (...given: readonly unknown[]) => undefined;
type NoteLater = (name: string) => (...given: readonly unknown[]) => Promise<undefined>;

function pageParts(
  messages: readonly Message[],
  note: Note,
  noteLater: NoteLater,
): Pick<
  CommandHost,
  'box' | 'conversation' | 'putBack' | 'copied' | 'leaving' | 'changes' | 'lookedUp' | 'openReceipt'
> {
  return {
    box: {
      ...{ text: '', view: 'box', chosen: 0, editing: null, showsDiff: true, showsContext: false },
      ...{ change: note('change'), setView: note('setView'), setChosen: note('setChosen'), edit: note('edit') },
      ...{ toggleDiff: note('toggleDiff'), showContext: note('showContext') },
      ...{ home: note('home'), putAside: note('putAside') },
    },
    conversation: {
      ...{ id: 'c-1', title: '', messages, run: null, running: false, error: null, sheet: null, former: null },
      ...{ open: note('open'), stop: note('stop'), attach: note('attach'), refuse: note('refuse'), swap: note('swap') },
      ask: async (...given) => note('conversation.ask')(...given) === undefined,
      ...{ again: noteLater('again'), goOn: noteLater('goOn') },
    },
    putBack: {
      ...{ can: 'replace', asksFirst: false, application: null, isBack: 'no', isUndoable: false },
      ...{ canUndo: true, error: null },
      ...{ write: noteLater('write'), undo: noteLater('undo'), forget: note('forget') },
    },
    leaving: { isSaid: false, go: note('leave') },
    copied: {
      isCopied: false,
      copyAnswer: (...given) => noteLater('copyAnswer')(...given).then(() => true),
      copyCard: (...given) => noteLater('copyCard')(...given).then(() => true),
    },
    changes: {
      ...{ pieces: [], count: 0, chosen: null, leftOut: new Set(), text: null },
      ...{ step: note('step'), toggle: note('toggle') },
    },
    lookedUp: {
      ...{ messageId: null, grounding: { status: 'nothing' }, marks: [], chosen: null },
      ...{ choose: note('choose'), next: note('next') },
    },
    openReceipt: { answerId: null, toggle: note('toggleReceipt') },
  };
}
