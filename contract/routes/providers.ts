import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import { serverRowSchema } from '../model.ts';
import { accountFigureSchema, accountRowSchema, providerRowSchema, providerTestSchema } from '../provider.ts';

/** `address`: of one of the provider's regions, or one of the person's own that speaks its protocol. */
const providerKey = z.strictObject({
  provider: z.string().max(60),
  address: z.string().max(2000),
  key: z.string().max(8000).nullable(),
});

/** Providers that are known, and keys for them. A key goes in and never out. */
export const providersRoutes = {
  requests: {
    'providers.list': request(z.strictObject({}), 'free').returns(z.array(providerRowSchema)),
    /** Tries a key without keeping it; where it is refused, at the provider's other regions, before that is said. */
    'providers.test': request(providerKey, 'asks').returns(providerTestSchema),
    /** Keeps a key, and offers these models of the provider for answers. */
    'providers.connect': request(
      z.strictObject({ ...providerKey.shape, models: z.array(z.string().max(300)).min(1).max(500) }),
      'asks',
    ).returns(serverRowSchema),
    /** The person's servers whose provider tells what its account has; nothing is asked. */
    'providers.accounts': request(z.strictObject({}), 'free').returns(z.array(accountRowSchema)),
    /** Asks the provider what its account has left or has spent, with the key that is kept. Fails with `server/…`. */
    'providers.account': request(z.strictObject({ serverId: z.string().max(100) }), 'free').returns(
      z.strictObject({ figures: z.array(accountFigureSchema), at: z.number() }),
    ),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
