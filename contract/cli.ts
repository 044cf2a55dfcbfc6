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
    /**
     * The first thing a command says. Only a core of its own version serves it; one that nobody else is using and that has
     * another version or another environment than the command ends, so that the command can start its own.
     */
    'core.arrive': request(
      z.strictObject({
        version: z.string().max(100),
        nonce: hex,
        /** HMAC-SHA-256, keyed with the nonce, of the variables that a core is made of (core/socket/environment.ts). */
        environment: hex,
      }),
    ).returns(
      z.discriminatedUnion('status', [
        z.strictObject({ status: z.literal('welcome') }),
        /** It lets go of the profile: another one can be had in a moment. */
        z.strictObject({ status: z.literal('ending') }),
        z.strictObject({ status: z.literal('other-version'), version: z.string() }),
      ]),
    ),
    /**
     * The asking command is done. A core that runs for commands alone ends with the last one, and answers when it has; with a
     * model in memory it stays for the next one and answers at once, unless `stays` is false.
     */
    'core.leave': request(z.strictObject({ stays: z.boolean().default(true) })).returns(
      z.strictObject({
        /** What became of the core: `busy`: other commands are at work; `app`: it is the app's. */
        left: z.enum(['ended', 'stays', 'busy', 'app']),
        /** The model that was in memory. */
        model: z.string().nullable(),
      }),
    ),
  },
  streams: coreContract.streams,
  states: coreContract.states,
} as const satisfies Contract;
