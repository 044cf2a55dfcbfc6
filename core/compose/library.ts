import type { libraryRoutes } from '../../contract/routes/library.ts';
import type { Handlers } from '../../wire/server.ts';
import { Library } from '../library.ts';

export function composeLibrary() {
  const library = new Library();
  const handlers: Handlers<typeof libraryRoutes> = { requests: {}, streams: {}, states: { library: library.state } };
  return { library, handlers };
}
