import * as z from 'zod';
import { type Contract, request } from './define.ts';
import type { Shape } from './shape.ts';

/** One spelling of a key with its modifiers, such as `Control+Shift+Space`. */
const accelerator = z.string().min(1).max(100);

const windowId = z.int().min(1).max(0xffff_ffff);

/** Room in a window around what is seen of it, in pixels of the display. */
export const shadowRoomSchema = z.strictObject({
  side: z.int().min(0).max(1000),
  top: z.int().min(0).max(1000),
  bottom: z.int().min(0).max(1000),
});
export type ShadowRoom = Shape<typeof shadowRoomSchema>;

/** Answered by the process that holds global keys on X11 and sees clicks there, asked by main. */
export const keysContract = {
  requests: {
    /** Takes a key; false when another program has it, or this keyboard has no such key. */
    'key.hold': request(z.strictObject({ accelerator })).returns(z.boolean()),
    'key.letGo': request(z.strictObject({ accelerator })).returns(z.null()),
    /**
     * Keeps the overlay, by its X11 window id, out of taskbars; until null is followed, clicks on the bare desktop are told,
     * which no window loses the keyboard by.
     */
    'overlay.follow': request(z.strictObject({ overlay: windowId.nullable() })).returns(z.null()),
    /** Begins to look whether the person presses a key or clicks: nothing is kept of it but that they did. */
    'person.watch': request(z.strictObject({})).returns(z.null()),
    /** Ends that, and says whether they did; null where it had not begun. */
    'person.wentOn': request(z.strictObject({})).returns(z.boolean().nullable()),
    /** Gives a window room for a shadow of its own; false, and nothing done, where it has no alpha channel. */
    'window.giveRoom': request(z.strictObject({ window: windowId, room: shadowRoomSchema })).returns(z.boolean()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;

/** What a press led to: from then on the keyboard is waited for to be in Beckon's window, or away from it. */
export const keyOutcomeSchema = z.strictObject({
  /** X11 window id of the overlay; null where there is none. */
  overlay: z.number().nullable(),
  visible: z.boolean(),
});
export type KeyOutcome = Shape<typeof keyOutcomeSchema>;

/** Answered by main, asked by that process. */
export const keyPressContract = {
  requests: {
    /** The key was pressed. Until the answer has come true no other key reaches anybody, for 300 ms at most. */
    'key.pressed': request(z.strictObject({ accelerator })).returns(keyOutcomeSchema),
    'desktop.clicked': request(z.strictObject({})).returns(z.null()),
    /** Said at the start of that process too. */
    'compositor.changed': request(z.strictObject({ isRunning: z.boolean() })).returns(z.null()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
