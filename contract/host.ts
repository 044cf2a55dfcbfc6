import * as z from 'zod';
import { type Contract, request, state } from './define.ts';
import { errorActions, errorCodes } from './errors.ts';
import { keyStoreSchema, readSecretSchema } from './key-store.ts';
import { openedSchema, viewerPlaceSchema } from './passage.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';
import type { Shape } from './shape.ts';

const keyName = z.string().min(1).max(200);

/** What was done in another application. `theirs`: its own undo takes that back, too. */
export const doneThereSchema = z.strictObject({
  what: z.enum(['replaced', 'inserted', 'taken-back']),
  theirs: z.boolean(),
});
export type DoneThere = Shape<typeof doneThereSchema>;

/** The name of an action, and the beginning of what it tells. */
const noticeSchema = z.strictObject({ name: z.string().max(8000), text: z.string().max(400) });

/** Answered by main, asked by core: settings are written by main alone, keys are wrapped by the system's key store. */
export const hostContract = {
  requests: {
    /** Answers the settings as they are then, and the revision of the state `settings` that has them. */
    'settings.set': request(settingsPatchSchema).returns(
      z.strictObject({ settings: settingsSchema, revision: z.number() }),
    ),
    /** Keeps a secret; says whether the system's key store took it or it lives until Beckon quits. */
    'secret.keep': request(z.strictObject({ name: keyName, secret: z.string().max(8000) })).returns(
      z.strictObject({ kept: z.enum(['key-store', 'until-quit']) }),
    ),
    'secret.read': request(z.strictObject({ name: keyName })).returns(readSecretSchema),
    'secret.forget': request(z.strictObject({ name: keyName })).returns(z.null()),
    /** The last thing a core says that cannot start; it ends after it. */
    'core.startFailed': request(
      z.strictObject({
        code: z.enum(errorCodes),
        message: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        action: z.enum(errorActions).optional(),
      }),
    ).returns(z.null()),
    /** Lets the overlay go so that another window has the keyboard; it is back with `overlay.finish`, or when core dies. */
    'overlay.stepAside': request(z.strictObject({})).returns(z.null()),
    /** `done`: what is told where the overlay was. */
    'overlay.finish': request(
      z.strictObject({ how: z.enum(['away', 'back']), done: doneThereSchema.optional() }),
    ).returns(z.null()),
    /** With an action: shows the overlay and runs it on what is selected, without the list. */
    'overlay.toggle': request(z.strictObject({ actionId: z.string().max(60).optional() })).returns(
      z.strictObject({ visible: z.boolean() }),
    ),
    /** What the system says of a proxy for an address, in the words of proxy scripts: `PROXY host:port; DIRECT`. */
    'proxy.resolve': request(z.strictObject({ url: z.string().max(4000) })).returns(
      z.strictObject({ answer: z.string() }),
    ),
    /** Copies by the shell's own means, with the rich form of the text where there is one. */
    'clipboard.writeText': request(
      z.strictObject({ text: z.string().max(20_000_000), html: z.string().max(20_000_000).exactOptional() }),
    ).returns(z.null()),
    /** Asks the person whether an address is opened, each time, and opens it then. */
    'deed.openLink': request(z.strictObject({ url: z.string().max(4000) })).returns(
      z.strictObject({ opened: z.boolean() }),
    ),
    /**
     * Asks the person whether an action may add to a file, or write new ones of a name, of which the next would have `newName`;
     * `text` is the beginning of what it would write now.
     */
    'deed.agreeToAdd': request(
      z.strictObject({
        ...{ name: z.string().max(8000), file: z.string().max(120), text: z.string().max(400) },
        newName: z.string().max(200).exactOptional(),
      }),
    ).returns(z.strictObject({ agreed: z.boolean() })),
    /** Asks the person whether an action may tell the beginning of what it makes by a notification of the system. */
    'deed.agreeToNotify': request(noticeSchema).returns(z.strictObject({ agreed: z.boolean() })),
    /** Shows a notification, in the place of the one before of that name. False where the system shows none. */
    'deed.notify': request(noticeSchema).returns(z.strictObject({ shown: z.boolean() })),
    /** Shows a file in the viewer that the system has for it, at a place where that viewer can be told one. */
    'file.show': request(z.strictObject({ path: z.string().max(4096), place: viewerPlaceSchema.nullable() })).returns(
      openedSchema,
    ),
    'shell.describe': request(z.strictObject({})).returns(
      z.strictObject({
        electron: z.string(),
        hotkey: z.string(),
        hotkeyRegistered: z.boolean(),
        hotkeyProvedAt: z.number().nullable(),
        keyStore: keyStoreSchema,
      }),
    ),
  },
  streams: {},
  states: { settings: state(settingsSchema) },
} as const satisfies Contract;
