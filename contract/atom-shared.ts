import * as z from 'zod';
import type { Shape } from './shape.ts';

/** Longest name an author gives themselves. */
export const authorNameLimit = 60;
const authorName = z.string().min(1).max(authorNameLimit);
/** 32 bytes of an ed25519 public key, in base64url. */
const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** SHA-256 in hexadecimal digits. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Who made something, and what it was: the hash of what the file does. */
const originSchema = z.strictObject({ name: authorName, key: publicKey, hash });

/** What a shared atom's file says of itself, made when it is exported. */
export const sharedSchema = z.strictObject({
  by: z.strictObject({ name: authorName, key: publicKey }),
  /** Hash of the file's canonical form without `shared`. */
  hash,
  /** What it was made from, the latest first. */
  from: z.array(originSchema).max(10).optional(),
  /** Ed25519 over the canonical form of the file without this field; 64 bytes in base64url. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type Shared = Shape<typeof sharedSchema>;

/**
 * What an atom may do at most, by its own word: less than what its steps come to, never more. `here`: its questions stay on this
 * machine.
 */
export const permissionsSchema = z.strictObject({
  read: z.literal('selection').optional(),
  model: z.enum(['none', 'here', 'any']).optional(),
  write: z.enum(['nothing', 'selection']).optional(),
});
export type Permissions = Shape<typeof permissionsSchema>;
