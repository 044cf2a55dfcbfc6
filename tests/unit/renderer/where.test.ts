import { describe, expect, it } from 'vitest';
import type { ModelRow } from '../../../contract/model.ts';
import { resources } from '../../../locales/index.ts';
import { isThisMachine } from '../../../renderer/app/this-machine.ts';
import { whereOf } from '../../../renderer/overlay/where.ts';
import { sayWhere } from '../../../renderer/overlay/where-said.tsx';

type View = Parameters<typeof whereOf>[0];

const device: readonly ModelRow[] = [{ kind: 'file', chosen: true } as ModelRow];
const server: readonly ModelRow[] = [{ kind: 'server', chosen: true, host: 'api.example.com' } as ModelRow];

function answer(host: string | null): View['messages'][number] {
  const receipt = { entries: [{ where: host === null ? 'device' : 'server', host }] };
  return { role: 'assistant', receipt, error: null } as unknown as View['messages'][number];
}

function failed(code: string): View['messages'][number] {
  const error = { code, message: '', values: { host: 'api.example.com' } };
  return { role: 'assistant', receipt: null, error } as unknown as View['messages'][number];
}

function view(messages: View['messages'], run: object | null = null): View {
  return { messages, run: run as View['run'], running: run !== null };
}

describe('the footer', () => {
  // An action with a model of its own on a server was said to be answered on this device.
  it('says where the next question goes by its rule or action, and not by the model that is chosen', () => {
    expect(whereOf(view([]), device, { host: 'a' })).toEqual({ say: 'goes', host: 'a' });
    expect(whereOf(view([]), server, { host: null })).toEqual({ say: 'device' });
    expect(whereOf(view([answer('b')]), device, { host: null })).toEqual({ say: 'sent', host: 'b' });
  });

  // The question had gone to a cloud before it was asked again here, and it was said that nothing had left.
  it('does not say that nothing left where another answer to the same question came from elsewhere', () => {
    expect(whereOf({ ...view([answer(null)]), former: answer('a') }, device)).toEqual({ say: 'device' });
    expect(whereOf({ ...view([answer(null)]), former: answer(null) }, device)).toEqual({ say: 'stayed' });
  });

  it('says "goes to" until something went: a fresh session with a server chosen said "sent to"', () => {
    expect(whereOf(view([]), server)).toEqual({ say: 'goes', host: 'api.example.com' });
    expect(whereOf(view([]), device)).toEqual({ say: 'device' });
    expect(whereOf(view([]), [])).toEqual({ say: 'none' });
    for (const phase of ['queued', 'waiting-for-model'])
      expect(whereOf(view([], { where: 'server', host: 'a', phase }), server)).toEqual({ say: 'goes', host: 'a' });
    for (const phase of ['reading', 'thinking', 'writing'])
      expect(whereOf(view([], { where: 'server', host: 'a', phase }), device)).toEqual({ say: 'sent', host: 'a' });
    expect(whereOf(view([], { where: 'device', host: null, phase: 'writing' }), server)).toEqual({ say: 'device' });
  });

  it('says where the last answer came from, also one that failed on its way back, whatever is chosen now', () => {
    expect(whereOf(view([answer('a')]), device)).toEqual({ say: 'sent', host: 'a' });
    expect(whereOf(view([answer(null)]), server)).toEqual({ say: 'stayed' });
    expect(whereOf(view([failed('server/failed')]), device)).toEqual({ say: 'sent', host: 'api.example.com' });
    for (const code of ['offline/locked', 'server/key-unclear', 'model/crashed'])
      expect(whereOf(view([failed(code)]), server)).toEqual({ say: 'goes', host: 'api.example.com' });
  });

  // "Sent to" stood under a question that no server had taken.
  it('says that nothing was sent where no connection came about, though a receipt had been begun', () => {
    const unsent = (code: string, context?: string) => {
      const error = { code, message: '', values: { host: 'a', ...(context === undefined ? {} : { context }) } };
      return { ...answer('a'), error } as unknown as View['messages'][number];
    };
    for (const context of ['refused', 'name', 'away', 'connecting'])
      expect(whereOf(view([unsent('server/unreachable', context)]), server)).toEqual({ say: 'unsent', host: 'a' });
    expect(whereOf(view([unsent('server/certificate')]), server)).toEqual({ say: 'unsent', host: 'a' });
    for (const context of ['reset', 'late', 'garbled'])
      expect(whereOf(view([unsent('server/unreachable', context)]), server)).toEqual({ say: 'sent', host: 'a' });
    expect(whereOf(view([unsent('server/busy')]), server)).toEqual({ say: 'sent', host: 'a' });
  });

  it('does not say that nothing left the machine when an earlier answer of the chat came from a server', () => {
    expect(whereOf(view([answer('a'), answer(null)]), device)).toEqual({ say: 'device' });
    expect(whereOf(view([answer(null), answer(null)]), device)).toEqual({ say: 'stayed' });
  });
});

describe('what every window says of where a text is', () => {
  // The main window said “On this device” of a question that a server was asked and did not get.
  it('is never that it is on this device when it was to go to a server', () => {
    for (const say of ['goes', 'sent', 'unsent'] as const)
      for (const [host, sign, here] of [
        ['api.example.com', 'cloud', ''],
        ['127.0.0.1:11434', 'server', 'Here'],
      ] as const)
        for (const isLocked of [say !== 'goes', false])
          expect(sayWhere({ say, host }, isLocked)).toEqual({ sign, key: `overlay:where.${say}${here}`, host });
    expect(sayWhere({ say: 'none' }, false)).toBeNull();
    expect(sayWhere({ say: 'stayed' }, true)?.sign).toBe('lock');
  });

  // With the lock on, the footer said that a question goes to a server, and nowhere that the lock was on.
  it('is the offline lock, while it is on and nothing went anywhere yet', () => {
    for (const host of ['api.example.com', '127.0.0.1:11434'])
      expect(sayWhere({ say: 'goes', host }, true)).toEqual({ sign: 'lock', key: 'overlay:where.locked', host: '' });
    expect(sayWhere({ say: 'device' }, true)).toMatchObject({ sign: 'lock', key: 'overlay:where.locked' });
  });

  it('is in words that are there in both languages', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const words = new Map(flatten(resources[language]));
      for (const say of ['goes', 'sent', 'unsent'] as const)
        for (const host of ['a.example', 'localhost'])
          expect(words.has(sayWhere({ say, host }, false)?.key.replace(':', '.') ?? '')).toBe(true);
      for (const say of ['device', 'stayed'] as const)
        expect(words.has(sayWhere({ say }, true)?.key.replace(':', '.') ?? '')).toBe(true);
    }
  });
});

describe('a sentence that promises that an answer stays here', () => {
  /** Each is shown only after its view has looked that the model is on this machine, or speaks of the machine alone. */
  const known = [
    // Says both.
    'cli.help.intro',
    'window.servers.local',
    'cli.onDevice',
    'common.where.device',
    'overlay.where.stayed',
    // Said of addresses of the machine itself alone (renderer/app/this-machine.ts).
    ...['overlay.where.goesHere', 'overlay.where.sentHere', 'overlay.where.unsentHere', 'common.where.hereServer'],
    ...['overlay.row.thisMachine', 'overlay.group.device', 'window.chats.emptyHere', 'window.chats.hereServer'],
    // The starter model, which is one of this machine.
    'overlay.first.free',
    // Shown while no server is chosen (renderer/window/empty-chat.tsx).
    'window.chats.emptyModel',
    'window.chats.onDevice',
    'window.models.about',
    'window.models.aboutMemory',
    'window.models.group.here',
    // Lines of pictures are read here whatever answers afterwards.
    'window.models.pictures.about',
    // Said of what the model on this machine was asked alone, and of what a budget leaves to it.
    ...['usage.about', 'usage.kept.name', 'usage.budget.none', 'usage.budget.about'],
    // Folders and chats of this machine.
    // Held to by what chooses a model for an action, and by what proves one.
    ...['sharing.touch.model.here', 'window.settings.sharing.examples', 'cli.part.atoms.prove'],
    ...['sharing.proof.heldPlain', 'sharing.proof.none'],
    'window.settings.about.folders',
    'window.settings.chats.name',
    // Said of what was chosen to be answered here, or is offered to be (core/rules/router.ts).
    ...['overlay.command.here-instead', 'overlay.hint.hereInstead', 'sending.here', 'sending.reason.this-time-here'],
    // Said of rules, and of what no rule lets leave.
    ...['shell.dialog.lessRules.detail', 'shell.dialog.goUnshown.detail', 'sending.rule.does.never-leaves'],
    ...['sending.rule.does.here', 'sending.rules.end.here', 'sending.rules.end.never-leaves'],
    ...['sending.ownServer.this-machine', 'sending.window.staysTitle', 'sending.reason.here-first'],
    ...['sending.rules.otherwise', 'window.settings.showFirst.about'],
    // Said of the model that would be asked now, and of what a label lets go nowhere else (core/steps/labels.ts).
    ...['editor.labels.here', 'editor.labels.reaches.here', 'editor.labels.breaks', 'editor.labels.breaksOpen'],
    // Said of where copies are kept.
    ...['shell.dialog.keepClipboard.detail', 'window.settings.clips.kept_one', 'window.settings.clips.kept_other'],
    // Said where nothing would be sent.
    'sending.stays',
  ];

  it('is one of those that are known to be said only where it is true', () => {
    const promises = /on this (device|machine)|left this machine|在本机|这台电脑上(?!，)|离开这台电脑/i;
    const found = (language: 'en' | 'zh-CN') =>
      flatten(resources[language]).flatMap(([key, text]) =>
        promises.test(text) && !key.startsWith('errors.') && !key.startsWith('doctor.') ? [key] : [],
      );
    for (const language of ['en', 'zh-CN'] as const)
      expect({ language, unknown: found(language).filter((key) => !known.includes(key)) }).toEqual({
        language,
        unknown: [],
      });
  });
});

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return typeof value === 'string' ? [[name, value] as const] : flatten(value, name);
  });
}

describe('an address of the machine itself', () => {
  it.each(['localhost', 'localhost:11434', '127.0.0.1', '127.0.0.1:8080', '127.1.2.3', '[::1]:80', '::1'])(
    'is %s',
    (host) => {
      expect(isThisMachine(host)).toBe(true);
    },
  );

  it.each(['127.0.0.1.example.com', 'localhost.example.com', '192.168.1.2', 'a127.0.0.1', '[::2]', '0.0.0.0', ''])(
    'is not %s',
    (host) => {
      expect(isThisMachine(host)).toBe(false);
    },
  );
});
