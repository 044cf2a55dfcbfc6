import type { ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape, ErrorCode } from '../../contract/errors.ts';
import type { PoolState, ServerLoad } from '../../contract/pool.ts';
import { StateSource } from '../../wire/state-source.ts';

/** How long a server that gave no word is asked after the others, in milliseconds. */
const restMs = 15_000;

/** What says of a server, or of the way to it, that another may do better; of a question it says nothing. */
const ofServer: readonly ErrorCode[] = [
  ...([
    'server/unreachable',
    'server/stalled',
    'server/cut',
    'server/nothing',
    'server/busy',
    'server/failed',
  ] as const),
  ...(['server/error-within', 'server/not-found', 'server/not-an-api', 'server/garbled', 'server/unreadable'] as const),
  ...(['server/model-missing', 'server/model-not-loaded', 'server/no-memory', 'server/moved'] as const),
  ...(['server/certificate', 'server/wrong-scheme', 'server/no-encryption', 'server/old-encryption'] as const),
  ...(['server/key-wanted', 'server/key-lost', 'server/wrong-key'] as const),
  // A server that was not sent anything is not ill; another may be nearer.
  ...(['offline/locked', 'rules/never-leaves'] as const),
];

interface Known extends ServerLoad {
  readonly failedAt: number;
}

const unknown = { busy: 0, answered: 0, failed: null, failedAt: 0 };

/** What the servers of a person have to do. Nothing is asked of them for it: it is told by their answers alone. */
export class Pool {
  readonly state = new StateSource<PoolState>({ servers: [] });
  readonly #known = new Map<string, Known>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Gives servers that are well before those that are not, the least busy first; where that is the same, as they were given. */
  order<Member extends { readonly serverId: string }>(members: readonly Member[]): readonly Member[] {
    return members.toSorted((one, other) => this.#rank(one.serverId) - this.#rank(other.serverId));
  }

  /** The parts of one answer, counted for its server while it lasts. */
  async *counted(serverId: string, parts: AsyncIterable<ModelPart>): AsyncGenerator<ModelPart> {
    this.#change(serverId, ({ busy }) => ({ busy: busy + 1 }));
    let began = false;
    try {
      for await (const part of parts) {
        if (!began) this.#noteFirst(serverId, part);
        began = true;
        yield part;
      }
    } finally {
      this.#change(serverId, ({ busy }) => ({ busy: busy - 1 }));
    }
  }

  #noteFirst(serverId: string, part: ModelPart): void {
    if (part.type === 'aborted') return;
    if (part.type !== 'failure') this.#change(serverId, ({ answered }) => ({ answered: answered + 1, failed: null }));
    else if (isOfServer(part.error)) this.#change(serverId, () => ({ failed: part.error, failedAt: this.#now() }));
  }

  #rank(serverId: string): number {
    const { busy, failed, failedAt } = this.#known.get(serverId) ?? unknown;
    const rests = failed !== null && this.#now() - failedAt < restMs;
    return busy + (rests ? 1_000_000 : 0);
  }

  #change(serverId: string, next: (known: Known) => Partial<Known>): void {
    const known = this.#known.get(serverId) ?? { serverId, ...unknown };
    this.#known.set(serverId, { ...known, ...next(known) });
    const servers = [...this.#known.values()].map(({ failedAt: _, ...load }) => load);
    this.state.update({ servers: servers.slice(-200) });
  }
}

/** Whether another server may do better; not where it was the question that was refused. */
export function isOfServer({ code, values }: AppErrorShape): boolean {
  return ofServer.includes(code) && !(code === 'server/failed' && values?.['context'] === 'refused');
}
