import type { AppErrorShape } from '../../contract/errors.ts';
import type { EngineState, ModelRow } from '../../contract/model.ts';
import type { CoreNotice } from '../../contract/routes/notices.ts';
import type { Host } from '../ports.ts';
import type { Queries } from '../queries.ts';
import type { GraphicsCard } from './graphics-card.ts';

/** What is looked at. */
export interface DoctorParts {
  readonly host: Host;
  readonly models: () => Promise<readonly ModelRow[]>;
  readonly engine: () => EngineState;
  readonly database: Queries;
  /** Why the chats could not be opened. */
  readonly chatsClosed: AppErrorShape | null;
  /** What the person has not seen yet. */
  readonly notices: () => readonly CoreNotice[];
  readonly profile: string;
  /** The folder of the models, which may be one that a person shares with others. */
  readonly modelFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the environment has keys of servers, which the cli takes them from. */
  readonly keysInEnvironment: boolean;
  /** What is said of those that could be meant for several servers. */
  readonly unclearKeys: () => readonly AppErrorShape[];
  readonly describeDesktop: () => Promise<{
    readonly system: string;
    readonly compositor: string | null;
    readonly selectionRoutes: readonly string[];
    readonly selectionCause?: AppErrorShape;
  } | null>;
  /** Whether applications are told that somebody asks them by accessibility; null where nothing tells. */
  readonly accessibilityOn: () => Promise<boolean | null>;
  /** Starts the engine for a moment when it sleeps: whether its native library can be loaded at all. */
  readonly probeEngine: () => Promise<void>;
  readonly graphicsCard: GraphicsCard;
  /** How many rules of where questions go there are, and why they cannot be read. */
  readonly rules: () => { readonly error: AppErrorShape | null; readonly count: number };
  /** How a host outside would be reached; rejects where the proxy that is named cannot be used. */
  readonly proxyTo: (
    url: string,
  ) => Promise<{ readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly proxy: URL }>;
}
