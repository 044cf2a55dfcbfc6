import * as z from 'zod';
import type { Shape } from './shape.ts';

/**
 * The system's store of keys, as it was at the start. `locked`: there is one that lets nobody in. `unavailable`: there is none,
 * or one that wraps with a password that everybody knows.
 */
export const keyStoreSchema = z.enum(['available', 'locked', 'unavailable', 'unknown']);
export type KeyStore = Shape<typeof keyStoreSchema>;

/** Keys under a passphrase: there is none, it has not been given since Beckon started, or they are open. */
export const lockedKeysSchema = z.strictObject({ status: z.enum(['none', 'locked', 'open']) });
export type LockedKeysState = Shape<typeof lockedKeysSchema>;

/** A secret that was asked for. `lost`: it is kept, and cannot be had: the key store is locked, or another one than it was. */
export const readSecretSchema = z.strictObject({
  secret: z.string().nullable(),
  lost: z.enum(['locked', 'changed']).nullable(),
});
export type ReadSecret = Shape<typeof readSecretSchema>;
