import * as z from 'zod';
import { coreContract, coreInternalContract } from './core.ts';
import { type Contract, request } from './define.ts';

/** The first frame of a socket connection; a wrong token ends the connection. */
export const socketHelloSchema = z.strictObject({ hello: z.literal('beckon'), token: z.string().max(200) });

/** What the cli may ask over the local socket: core, and through it the overlay. */
export const socketContract = {
  requests: {
    ...coreContract.requests,
    ...coreInternalContract.requests,
    /** With an action: shows the overlay and runs it on what is selected, without the list. */
    'overlay.toggle': request(z.strictObject({ actionId: z.string().max(60).optional() })).returns(
      z.strictObject({ visible: z.boolean() }),
    ),
  },
  streams: coreContract.streams,
  states: coreContract.states,
} as const satisfies Contract;
