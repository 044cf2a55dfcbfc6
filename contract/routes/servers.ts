import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import * as ids from '../ids.ts';
import { serverRowSchema, serverTestSchema } from '../model.ts';
import { poolSchema } from '../pool.ts';

const none = z.strictObject({});
const serverAddress = z.strictObject({ address: z.string().max(2000), key: z.string().max(8000).nullable() });

/** Servers that a person added. */
export const serversRoutes = {
  requests: {
    /**
     * Lists the models of an address without keeping anything; with a model's name, tries that model where no list has it.
     * With `serverId` and no key, the key that is kept for that server is used, at its own address alone.
     */
    'server.test': request(
      z.strictObject({
        ...serverAddress.shape,
        model: z.string().max(300).nullable().default(null),
        serverId: ids.serverId.nullable().default(null),
      }),
      'asks',
    ).returns(serverTestSchema),
    'server.add': request(
      z.strictObject({
        address: z.string().max(2000),
        key: z.string().max(8000).nullable(),
        label: z.string().max(200),
        models: z.array(z.string().max(300)).min(1).max(500),
      }),
      'asks',
    ).returns(serverRowSchema),
    /** Changes address, key and models; a key of null stays as it is kept where the address stays, an empty one goes. */
    'server.change': request(
      z.strictObject({
        serverId: ids.serverId,
        address: z.string().max(2000),
        key: z.string().max(8000).nullable(),
        models: z.array(z.string().max(300)).min(1).max(500),
      }),
      'asks',
    ).returns(serverRowSchema),
    'server.list': request(none, 'free').returns(z.array(serverRowSchema)),
    'server.remove': request(z.strictObject({ serverId: ids.serverId }), 'free').returns(z.null()),
    /** Lets a server share its work with the others that share, or no longer. All of them were agreed to when they were added. */
    'server.share': request(z.strictObject({ serverId: ids.serverId, shares: z.boolean() }), 'free').returns(z.null()),
  },
  streams: {},
  states: {
    /** What each server has to do now; those that were asked nothing yet are left out. */
    pool: state(poolSchema, 'free', { servers: [] }),
  },
} as const satisfies Contract;
