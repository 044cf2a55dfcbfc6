import type { ChildProcess } from 'node:child_process';
import type { Conversation } from '../../contract/conversation.ts';
import type { BeckonApp } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { endProgram, run, startProgram, waitFor } from './processes.ts';

/** Real key stores of a display's session, one after the other. */
export function keyStores(display: Pick<TestDisplay, 'env'>, after: (end: () => Promise<unknown> | unknown) => void) {
  const isOwned = () => {
    const asked = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/'];
    return run('dbus-send', [...asked, 'org.freedesktop.DBus.ListNames'], display.env).includes(
      'org.freedesktop.secrets',
    );
  };
  const start = async (args: readonly string[], password: string | null): Promise<ChildProcess> => {
    const daemon = startProgram('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...args], {
      env: display.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    daemon.stdin?.end(password ?? '');
    after(() => endProgram(daemon));
    await waitFor('the key store is there', isOwned);
    return daemon;
  };
  return {
    /** Opened by its password, and made with it where there is none. */
    open: (password: string) => start(['--unlock'], password),
    /** As it is after a login without a password: what it has stays locked. */
    openLocked: () => start([], null),
    close: async (daemon: ChildProcess) => {
      await endProgram(daemon);
      await waitFor('the key store is gone', () => !isOwned());
    },
  };
}

/** Asks a model one question in a new chat; its answer once it has ended. */
export async function askOnce(app: BeckonApp, modelId: string) {
  const question = { conversationId: null, text: 'Hello', modelId, editsMessageId: null };
  const { conversationId } = (await app.ask('run.start', question)).value as { conversationId: string };
  return waitFor('the answer has ended', async () => {
    const { messages } = (await app.ask('conversation.get', { conversationId })).value as Conversation;
    const last = messages.at(-1);
    return last?.role === 'assistant' && last.state !== 'growing' ? last : null;
  });
}
