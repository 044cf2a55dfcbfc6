/** Whether a host, with or without its port, is the machine that Beckon runs on. */
export function isThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/i.test(host);
}

/** Whether a host is this machine or one of the local network, by its address or by a name that only such a network knows. */
export function isNearby(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const isPrivate = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)[\d.]+$/.test(name);
  return isThisMachine(host) || isPrivate || /^\[?f[cd]/.test(name) || name.endsWith('.local') || !/[.:]/.test(name);
}
