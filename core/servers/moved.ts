import { AppError } from '../../contract/errors.ts';

/** A fetch that says where a server sends on to (`server/moved`): a question and its key go nowhere but where they were meant for. */
export function withMovedSaid(fetchFrom: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchFrom(input, init);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    void response.body?.cancel();
    const asked = new URL(input instanceof Request ? input.url : input);
    const to = URL.canParse(location, asked.href) ? new URL(location, asked.href) : null;
    // Its query may hold anything, and is no part of an address.
    const other =
      to === null || to.origin === 'null' ? location.slice(0, 100) : `${to.origin}${to.pathname}`.slice(0, 200);
    throw new AppError('server/moved', `sent on with ${response.status}`, { values: { host: asked.host, other } });
  };
}
