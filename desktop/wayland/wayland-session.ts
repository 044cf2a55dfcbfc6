import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { isOwnName } from '../applications/applications.ts';
import { DataControl, type Offer, type SelectionName } from './data-control.ts';
import { type Toplevel, ToplevelWatch } from './toplevel-watch.ts';
import { WaylandConnection } from './wayland-connection.ts';

/** What a compositor lets this process see, for as long as it does not end the connection. */
export interface WaylandSession extends Disposable {
  readonly closed: boolean;
  readonly toplevels: Pick<ToplevelWatch, 'known' | 'active' | 'current'>;
  /** Null where the compositor lets no program see what others copied. */
  readonly dataControl: Pick<DataControl, 'offer'> | null;
}

/** `onPrimary`: told of each new primary selection, with the window that was in front then; null when that is not known. */
export type OpenSession = (onPrimary: (from: number | null) => void) => Promise<WaylandSession>;

export async function openSession(
  env: NodeJS.ProcessEnv,
  onPrimary: (from: number | null) => void,
): Promise<WaylandSession> {
  const connection = await WaylandConnection.open(env);
  const toplevels = new ToplevelWatch(connection, isOwn);
  const dataControl = await DataControl.start(connection, (name) => {
    if (name === 'primary') onPrimary(toplevels.active?.id ?? null);
  });
  await connection.roundTrip();
  return {
    get closed() {
      return connection.closed;
    },
    toplevels,
    dataControl,
    dispose: () => connection.dispose(),
  };
}

/** What is offered; null when nobody holds it. Throws `capture/compositor-unsupported` where no program may see that. */
export function offerOf({ dataControl }: WaylandSession, name: SelectionName): Offer | null {
  if (dataControl !== null) return dataControl.offer(name);
  const values = { system: 'linux-wayland' };
  throw new AppError('capture/compositor-unsupported', 'the compositor has no data-control', { values });
}

function isOwn({ application, title }: Toplevel): boolean {
  return title === 'Beckon' && (application === '' || isOwnName(application));
}
