import * as z from 'zod';
import { clipItemsLimit, clipSchema, clipsStateSchema } from '../clips.ts';
import { type Contract, request, state } from '../define.ts';
import * as ids from '../ids.ts';

const none = z.strictObject({});

/** What was copied, kept whole on the person's wish, sealed with a key of the system's key store. */
export const clipsRoutes = {
  requests: {
    /** The newest first, of which every word of the query stands somewhere in the text. */
    'clips.list': request(
      z.strictObject({ query: z.string().max(200), limit: z.int().min(1).max(clipItemsLimit) }),
      'free',
    ).returns(z.array(clipSchema)),
    /** Copies it again with every format that it had, byte for byte. Throws `clips/gone`, `desktop/…`. */
    'clips.putIn': request(z.strictObject({ id: ids.id }), 'free').returns(z.null()),
    'clips.remove': request(z.strictObject({ id: ids.id }), 'free').returns(z.null()),
    /** Throws all of it away, also what cannot be opened any more; then it begins anew where it is on. */
    'clips.clear': request(none, 'free').returns(z.null()),
    /** Asks the key store again. */
    'clips.again': request(none, 'free').returns(z.null()),
  },
  streams: {},
  states: { clips: state(clipsStateSchema, 'free', { status: 'off', count: 0, revision: 0, leftOut: null }) },
} as const satisfies Contract;
