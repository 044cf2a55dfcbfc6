import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import { lockedKeysSchema } from '../key-store.ts';

const passphrase = z.strictObject({ passphrase: z.string().min(1).max(1000) });

/** Keys under a passphrase. It goes in and never comes out. */
export const lockedKeysRoutes = {
  requests: {
    'lockedKeys.make': request(passphrase, 'free').returns(z.null()),
    'lockedKeys.open': request(passphrase, 'free').returns(z.null()),
    /** Throws the passphrase away with all keys under it. */
    'lockedKeys.forget': request(z.strictObject({}), 'free').returns(z.null()),
    /** Takes that back, until Beckon quits or another one is made. */
    'lockedKeys.takeBack': request(z.strictObject({}), 'free').returns(z.null()),
  },
  streams: {},
  states: { lockedKeys: state(lockedKeysSchema, 'free', { status: 'none' }) },
} as const satisfies Contract;
