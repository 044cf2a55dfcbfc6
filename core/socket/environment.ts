import { createHmac } from 'node:crypto';

type Env = Readonly<Record<string, string | undefined>>;

/** Variables by which a core reads keys, ways out and the desktop; whatever else differs makes no other core. */
const matters =
  /^(BECKON_(?!PROFILE$).*|(https?|all|no)_proxy|DISPLAY|WAYLAND_DISPLAY|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS|XAUTHORITY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|PIP_.*)$/i;

/**
 * What of an environment makes one core differ from another, so that two processes can compare theirs without telling their
 * keys: HMAC-SHA-256 in hex, keyed with a nonce of this question alone.
 */
export function environmentProof(env: Env, nonce: string): string {
  const told = Object.entries(env)
    .filter(([name, value]) => value !== undefined && matters.test(name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha256', nonce).update(JSON.stringify(told)).digest('hex');
}
