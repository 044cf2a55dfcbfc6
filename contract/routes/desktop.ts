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
    /** Copies a text to the clipboard alone; false when nothing could. */
    'clipboard.copy': request(z.strictObject({ text: z.string().max(20_000_000) })).returns(z.boolean()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
