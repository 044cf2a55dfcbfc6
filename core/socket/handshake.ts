import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * How two processes of one user prove to each other that they know the token without either of them saying it: each signs
 * what both made up for this connection (challenge and response with HMAC, RFC 2104). Whoever else listens learns nothing.
 */
export function makeNonce(): string {
  return randomBytes(32).toString('hex');
}

export type Side = 'server' | 'client';

export interface Nonces {
  readonly client: string;
  readonly server: string;
}

export function prove(token: string, side: Side, { client, server }: Nonces): string {
  return createHmac('sha256', token).update(`beckon ${side} ${client} ${server}`).digest('hex');
}

export function isProof(proof: string, token: string, side: Side, nonces: Nonces): boolean {
  const [given, right] = [Buffer.from(proof), Buffer.from(prove(token, side, nonces))];
  return given.length === right.length && timingSafeEqual(given, right);
}
