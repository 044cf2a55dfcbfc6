import * as z from 'zod';
import { type Contract, request, state } from './define.ts';
import { errorActions, errorCodes } from './errors.ts';
import { type Settings, settingsPatchSchema } from './settings.ts';

const keyName = z.string().min(1).max(200);

/** Answered by main, asked by core: settings are written by main alone, keys are wrapped by the system's key store. */
export const hostContract = {
  requests: {
    /** Answers the settings as they are then, and the revision of the state `settings` that has them. */
    'settings.set': request(settingsPatchSchema).returns<{ readonly settings: Settings; readonly revision: number }>(),
    /** Keeps a secret; says whether the system's key store took it or it lives until Beckon quits. */
    'secret.keep': request(z.strictObject({ name: keyName, secret: z.string().max(8000) })).returns<{
      readonly kept: 'key-store' | 'until-quit';
    }>(),
    'secret.read': request(z.strictObject({ name: keyName })).returns<{ readonly secret: string | null }>(),
    'secret.forget': request(z.strictObject({ name: keyName })).returns<null>(),
    /** The last thing a core says that cannot start; it ends after it. */
    'core.startFailed': request(
      z.strictObject({
        code: z.enum(errorCodes),
        message: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        action: z.enum(errorActions).optional(),
      }),
    ).returns<null>(),
    'overlay.setVisible': request(z.strictObject({ visible: z.boolean() })).returns<null>(),
    /** With an action: shows the overlay and runs it on what is selected, without the list. */
    'overlay.toggle': request(z.strictObject({ actionId: z.string().max(60).optional() })).returns<{
      readonly visible: boolean;
    }>(),
    'shell.describe': request(z.strictObject({})).returns<{
      readonly electron: string;
      readonly hotkey: string;
      readonly hotkeyRegistered: boolean;
      readonly hotkeyProvedAt: number | null;
      readonly keyStore: 'available' | 'unavailable' | 'unknown';
    }>(),
  },
  streams: {},
  states: { settings: state<Settings>() },
} as const satisfies Contract;
