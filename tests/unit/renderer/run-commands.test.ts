import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/conversation.ts';
import type { CommandHost } from '../../../renderer/overlay/commands/command.ts';
import { runCommand } from '../../support/command-host.ts';

function message(role: Message['role'], id: string, text: string): Message {
  const common = { conversationId: 'c-1', thinking: '', state: 'complete', error: null, receipt: null } as const;
  return { ...common, id, role, text, canGoOn: false, attachments: [], action: null, createdAt: 0 };
}

const messages = [message('user', 'm-1', 'Which?'), message('assistant', 'm-2', 'This one.')];

function changes(parts: Partial<CommandHost['changes']>): { readonly changes: CommandHost['changes'] } {
  const none = { pieces: [], count: 1, chosen: null, leftOut: new Set<number>(), text: null };
  return { changes: { ...none, step: () => {}, toggle: () => {}, ...parts } };
}

function noticed(action: 'shorten' | 'try-again' | 'get-model', text: string): Partial<CommandHost> {
  const error = { code: 'message/too-large', message: '', action } as const;
  const notice = { id: 'request', kind: 'moment', error, act: null } as const;
  const nothing = () => {};
  const box = {
    ...({ text, view: 'box', chosen: 0, editing: null, showsDiff: true, showsContext: false } as const),
    ...{ change: nothing, setView: nothing, setChosen: nothing, edit: nothing, toggleDiff: nothing },
    ...{ showContext: nothing, home: nothing, putAside: nothing },
  };
  return { notice, box };
}

describe('a command', () => {
  it('that copies takes the answer with what was left out of it', () => {
    expect(runCommand('copy', { messages })).toEqual([['copyAnswer', messages[1], []]]);
    const parts = changes({ leftOut: new Set([1]) });
    expect(runCommand('copy', { messages, parts })).toEqual([['copyAnswer', messages[1], [1]]]);
    expect(runCommand('copy')).toEqual([]);
  });

  it('that edits takes the last question, and does nothing without one', () => {
    expect(runCommand('edit-last', { messages })).toEqual([['edit', 'Which?', 'm-1']]);
    expect(runCommand('edit-last')).toEqual([]);
  });

  it('that leaves a change out needs one that was chosen', () => {
    const toggled: number[] = [];
    const toggle = (change: number) => void toggled.push(change);
    runCommand('leave-out', { parts: changes({ toggle }) });
    runCommand('leave-out', { parts: changes({ toggle, chosen: 2 }) });
    expect(toggled).toEqual([2]);
  });

  it('that opens a list closes it again', () => {
    expect(runCommand('history')).toEqual([['setView', 'history']]);
    expect(runCommand('commands')).toEqual([['setView', 'commands']]);
  });

  // The question that was refused is still in the input: it is asked again, and not the answer before it.
  it('that takes the step of a notice asks what is in the input where that was refused', () => {
    expect(runCommand('notice', { parts: noticed('try-again', 'Again?') })).toEqual([['ask', 'Again?']]);
    expect(runCommand('notice', { parts: noticed('try-again', '') })).toEqual([['act', 'try-again']]);
    expect(runCommand('notice', { parts: noticed('shorten', 'Too long') })).toEqual([]);
    expect(runCommand('notice', { parts: noticed('shorten', '') })).toEqual([['act', 'shorten']]);
    expect(runCommand('notice', { parts: noticed('get-model', 'Hello') })).toEqual([['act', 'get-model']]);
  });

  // Three yellow boxes and a file that could not be read stayed through it.
  it('that begins a new chat begins clean: without notices of what was tried, and files that could not be read', () => {
    expect(runCommand('new-chat', { parts: { failedFiles: ['f-1'] } })).toEqual([
      ['beginAnew'],
      ['context.remove', { chipId: 'f-1' }],
      ['home'],
    ]);
  });

  it.each([
    ['pin', [['overlay.pin', { pinned: true }]]],
    ['quit', [['app.quit', {}]]],
    ['file', [['file.pick', {}]]],
    ['settings', [['openPage', 'settings']]],
    ['open-window', [['openPage', 'chats', 'c-1']]],
    ['insert-below', [['write', 'insert-below']]],
    ['previous-change', [['step', -1]]],
    ['stop', [['stop']]],
  ])('does what its name says: %s', (id, done) => {
    expect(runCommand(id)).toEqual(done);
  });
});
