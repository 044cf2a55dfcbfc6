import { spawn } from 'node:child_process';
import process from 'node:process';
import * as z from 'zod';
import { AppError, errorActions, errorCodes, fromErrorShape } from '../contract/errors.ts';
import type { Folders } from '../core/profile/folders.ts';
import type { Env } from './session.ts';

/** What a core that runs for commands says to the one that started it: that it can be asked, or why not. */
export const coreNewsSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('ready') }),
  /** Another core has the profile. */
  z.strictObject({ status: z.literal('taken') }),
  z.strictObject({
    status: z.literal('failed'),
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      action: z.enum(errorActions).optional(),
    }),
  }),
]);
export type CoreNews = z.infer<typeof coreNewsSchema>;

/** `taken`: another core has the profile; `killed`: somebody or the system ended it, which says nothing of the next one. */
export type CoreCame = 'ready' | 'taken' | 'ended' | 'killed';

const killing = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Starts a core that no command owns: it goes on for the others when this one ends, and ends with the last of them. Throws why it
 * cannot start, and `app/still-starting` after `limitMs`.
 */
export function startCore(folders: Folders, env: Env, limitMs: number): Promise<CoreCame> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'core'], {
    env: { ...env, BECKON_PROFILE: folders.profile, BECKON_MODELS: folders.models },
    // Not in the folder of the command, where others may have put programs and modules, and not stopped by its Ctrl+C.
    ...(process.platform === 'win32' ? {} : { cwd: '/' }),
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    const stillStarting = new AppError('app/still-starting', 'core was not ready in time');
    const limit = setTimeout(() => finish(stillStarting), limitMs);
    const finish = (result: AppError | CoreCame) => {
      clearTimeout(limit);
      child.removeAllListeners();
      if (child.connected) child.disconnect();
      child.unref();
      if (typeof result === 'string') resolve(result);
      else reject(result);
    };
    child.once('message', (message) => {
      const news = coreNewsSchema.safeParse(message);
      if (!news.success) finish(notStarted('it said something else'));
      else if (news.data.status === 'failed') {
        const { code, message: why, values, action } = news.data.error;
        finish(fromErrorShape({ code, message: why, ...(values ? { values } : {}), ...(action ? { action } : {}) }));
      } else finish(news.data.status);
    });
    child.once('error', (error) => finish(notStarted(error.message)));
    child.once('exit', (_, signal) => finish(killing.includes(String(signal)) ? 'killed' : 'ended'));
  });
}

function notStarted(why: string): AppError {
  return new AppError('app/internal', `core could not be started: ${why}`);
}
