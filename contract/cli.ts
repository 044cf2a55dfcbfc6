import * as z from 'zod';
import { coreContract } from './core.ts';
import { type Contract, request } from './define.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a client sends before a socket connection is one: the hello, and after the server's `{nonce, proof}` its own proof that
 * it knows the token (core/socket/handshake.ts). The token itself is never sent. Anything else ends the connection.
 */
export const helloSchema = z.strictObject({ hello: z.literal('beckon'), nonce: hex });
export const responseSchema = z.strictObject({ proof: hex });

/** What the cli may ask over the local socket: core, and through it the overlay. */
export const socketContract = {
  requests: {
    ...coreContract.requests,
    /** With an action: shows the overlay and runs it on what is selected, without the list. */
    'overlay.toggle': request(z.strictObject({ actionId: z.string().max(60).optional() })).returns(
      z.strictObject({ visible: z.boolean() }),
    ),
    /** The asking command is done. A core that runs for commands alone ends with the last one, and answers when it has. */
    'core.leave': request(z.strictObject({})).returns(z.null()),
  },
  streams: coreContract.streams,
  states: coreContract.states,
} as const satisfies Contract;
