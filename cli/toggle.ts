import process from 'node:process';
import { systemLanguage } from '../contract/system-language.ts';
import { findProfile } from '../core/profile/folders.ts';
import { connect } from '../core/socket/connect.ts';

const limitMs = 3000;

/**
 * Shows or hides the overlay of the running app, or has it run an action on what is selected, and answers the exit code. It
 * sends the one frame itself, to start as fast as can be.
 */
export async function toggle(actionId: string | undefined): Promise<number> {
  const done = await Promise.race([
    ask(actionId).catch(() => null),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs)),
  ]);
  if (done === null) process.stderr.write(`${await noApp()}\n`);
  return done === true ? 0 : 1;
}

/** Whether the app did it; null when it does not run. */
async function ask(actionId: string | undefined): Promise<boolean | null> {
  const channel = await connect(findProfile(process.env));
  if (channel === null) return null;
  return new Promise((resolve) => {
    channel.onClose(() => resolve(null));
    channel.onMessage((message) => {
      const frame = message as { kind?: string; id?: number; error?: { code?: string } };
      // A core that runs for commands alone has no window.
      if (frame.id === 1) resolve(frame.error?.code === 'app/not-connected' ? null : frame.kind === 'value');
    });
    channel.send({ kind: 'request', id: 1, name: 'overlay.toggle', input: { actionId } });
  });
}

/** Loaded only when it has to be said. */
async function noApp(): Promise<string> {
  const { default: words } =
    systemLanguage(process.env) === 'zh-CN'
      ? await import('../locales/zh-CN/cli.json', { with: { type: 'json' } })
      : await import('../locales/en/cli.json', { with: { type: 'json' } });
  return words.noApp;
}
