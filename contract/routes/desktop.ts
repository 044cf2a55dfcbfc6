import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import { activeWindowSchema, portAnswerSchema } from '../desktop.ts';

const none = z.strictObject({});

/** What other applications show, and the clipboard. */
export const desktopRoutes = {
  requests: {
    'window.active': request(none).returns(portAnswerSchema(activeWindowSchema)),
    /** Whether a mouse button is held down now; null where the system does not tell. */
    'pointer.pressed': request(none).returns(z.boolean().nullable()),
    /** Whether other applications are told that somebody asks them by accessibility; null where this desktop does not tell. */
    'accessibility.isOn': request(none, 'free').returns(z.boolean().nullable()),
    /** Turns that on or off for the whole session, on the person's click; false where nobody could. */
    'accessibility.turn': request(z.strictObject({ on: z.boolean() }), 'free').returns(z.boolean()),
    /** Copies a text to the clipboard alone; false when nothing could. */
    'clipboard.copy': request(z.strictObject({ text: z.string().max(20_000_000) })).returns(z.boolean()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
