import type { AtomsState } from '../../contract/atom.ts';
import type { InBothLanguages } from '../../contract/atom-steps.ts';
import type { ParsedOf } from '../../contract/define.ts';
import { AppError } from '../../contract/errors.ts';
import { type AskedRequest, type RendererContract, rendererContract } from '../../contract/renderer.ts';
import type { RulesState } from '../../contract/routes/rules.ts';
import { protectsLess } from '../../contract/rule.ts';
import { loweredBy, type Settings } from '../../contract/settings.ts';

type Requests = RendererContract['requests'];

interface Added {
  readonly name: string;
  readonly file: string;
  /** The beginning of what would be written now. */
  readonly text: string;
}

/** What the person is asked before a page may go on: to connect anywhere again, to press keys in an application, to
 * change what an action may do, or to send. */
export type Permission =
  | { readonly kind: 'online' }
  /** Secrets leave as they are, or a name does. */
  | { readonly kind: 'plain' }
  /** More may be spent than now. */
  | { readonly kind: 'budget' }
  /** What leaves is no longer shown before. */
  | { readonly kind: 'unshown' }
  /** What is copied is kept on this disk. */
  | { readonly kind: 'clipboard' }
  /** A rule goes, or holds back less. */
  | { readonly kind: 'rules' }
  | { readonly kind: 'application'; readonly name: string }
  /** A version of an action that may do more than the one that is here, or is not from who made that. */
  | { readonly kind: 'atom'; readonly name: string }
  /** An action that may do more than what is saved of it now. */
  | { readonly kind: 'save'; readonly name: string }
  /** An action of the person's own that asks a model or acts outside has a key. */
  | { readonly kind: 'key'; readonly name: InBothLanguages; readonly accelerator: string }
  /** An action adds to a file, or writes new ones: no page asks for this, core does. */
  | ({ readonly kind: 'add' } & Added)
  | ({ readonly kind: 'new'; readonly newName: string } & Added)
  /** An action tells what it made by notifications of the system: core asks for this, too. */
  | { readonly kind: 'notify'; readonly name: string; readonly text: string }
  /** A file whose path was typed in the box goes along with a question: `file` is its name, `address` where it is. */
  | { readonly kind: 'take'; readonly file: string; readonly address: string }
  | { readonly kind: 'server'; readonly host: string; readonly address: string };

const permissionOf = {
  offline: 'online',
  pseudonyms: 'plain',
  privateNames: 'plain',
  showFirst: 'unshown',
  budget: 'budget',
  clipboardHistory: 'clipboard',
} as const satisfies Record<ReturnType<typeof loweredBy>[number], Permission['kind']>;

export interface PageGateOptions {
  readonly settings: () => Settings;
  readonly rules: () => RulesState;
  readonly atoms: () => AtomsState;
  /** Asks in a window of main's; false unless the person agreed. */
  readonly ask: (permission: Permission) => Promise<boolean>;
}

/**
 * Stands before the requests of pages that can lower protection. What a page says it was told by the person counts for
 * nothing: the person is asked here. One question at a time, so that a page cannot bury one under others.
 */
export class PageGate {
  readonly #options: PageGateOptions;
  /** Servers that the person agreed to since Beckon started, by host and port. */
  readonly #agreed = new Set<string>();
  #isAsking = false;

  /** What each request that asks needs agreed to; one without an entry does not compile. */
  readonly #needs: { readonly [Name in AskedRequest]: (input: ParsedOf<Requests[Name]>) => Permission | null } = {
    'settings.set': (patch) => this.#setting(loweredBy(patch, this.#options.settings())),
    'rules.change': ({ revision, list }) => {
      const rules = this.#options.rules();
      // Core refuses what was made for other rules than it has; what main does not know is asked about.
      const isKnown = rules.error === null && rules.revision === revision;
      return isKnown && !protectsLess(list, rules.list) ? null : { kind: 'rules' };
    },
    'application.allow': ({ name }) => ({ kind: 'application', name }),
    'atom.saveAnyway': ({ name }) => ({ kind: 'save', name }),
    'hotkey.setAction': ({ actionId, accelerator }) => this.#key(actionId, accelerator),
    'sharing.addAnyway': ({ name }) => ({ kind: 'atom', name }),
    'server.test': ({ address, serverId }) => this.#server(address, serverId),
    'server.add': ({ address }) => this.#server(address, null),
    'server.change': ({ address, serverId }) => this.#server(address, serverId),
    'providers.test': ({ address }) => this.#server(address, null),
    'providers.connect': ({ address }) => this.#server(address, null),
  };

  constructor(options: PageGateOptions) {
    this.#options = options;
  }

  /** Returns when the request may be made; throws `app/not-agreed`. */
  async pass<Name extends AskedRequest>(name: Name, input: ParsedOf<Requests[Name]>): Promise<void> {
    const permission = this.#needs[name](input);
    if (permission === null) return;
    if (this.#isAsking) throw new AppError('app/not-agreed', 'another question is open');
    this.#isAsking = true;
    try {
      if (!(await this.#options.ask(permission))) throw new AppError('app/not-agreed', `${name} was not agreed to`);
      if (permission.kind === 'server') this.#agreed.add(permission.host);
    } finally {
      this.#isAsking = false;
    }
  }

  /** What comes with Beckon does what everybody knows; what no model is asked by and nothing comes of outside is only shown. */
  #key(actionId: string, accelerator: string | null): Permission | null {
    if (accelerator === null) return null;
    const row = this.#options.atoms().atoms.find(({ id }) => id === actionId);
    if (row !== undefined && (row.builtIn || !(row.usesModel || row.acts))) return null;
    return { kind: 'key', name: row?.name ?? { en: actionId, 'zh-CN': actionId }, accelerator };
  }

  /** One question is about one thing: a change that lowers two protections is none that a person makes. */
  #setting(lowered: ReturnType<typeof loweredBy>): Permission | null {
    const kinds = new Set(lowered.map((setting) => permissionOf[setting]));
    if (kinds.size > 1) throw new AppError('app/not-agreed', 'more than one protection is lowered');
    const [kind] = kinds;
    return kind === undefined ? null : { kind };
  }

  /** A server that was added was agreed to then, at the place it has. */
  #server(address: string, serverId: string | null): Permission | null {
    const host = hostOf(address);
    const added = this.#options.settings().servers.find(({ id }) => id === serverId);
    const isAgreed = this.#agreed.has(host) || (added !== undefined && hostOf(added.address) === host);
    return isAgreed ? null : { kind: 'server', host, address };
  }
}

/** What is asked about each setting that lowers protection; one without an entry does not compile. */
/** Scheme, host and port as they are connected to; of what is no address, which core refuses, the text itself. */
function hostOf(address: string): string {
  for (const text of [address, `http://${address}`]) {
    const url = parse(text);
    if (url?.protocol === 'http:' || url?.protocol === 'https:') return `${url.protocol}//${url.host}`;
  }
  return address;
}

/** `URL.canParse` is newer than the oldest runtime that Beckon starts on. */
function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Wraps handlers so that those that ask are only called after the person agreed. */
export function askingFirst<
  All extends { readonly [Name in AskedRequest]: (input: never, gone: AbortSignal) => unknown },
>(handlers: All, gate: PageGate): All {
  const asking = Object.entries(rendererContract.requests).filter(([, { pages }]) => pages === 'asks');
  const guarded = asking.map(([name]) => {
    const handler = handlers[name as AskedRequest] as (input: unknown, gone: AbortSignal) => unknown;
    return [
      name,
      async (input: never, gone: AbortSignal) => {
        await gate.pass(name as AskedRequest, input);
        return handler(input, gone);
      },
    ];
  });
  return { ...handlers, ...Object.fromEntries(guarded) };
}
