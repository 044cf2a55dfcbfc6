import { useState } from 'react';
import type { AppErrorShape, ErrorCode } from '../../contract/errors.ts';
import type { ServerRow, ServerTest } from '../../contract/model.ts';
import { useClient } from '../app/backend.ts';

/** What stands in the form of a server, and what can be done with it. */
export interface ServerDraft {
  readonly address: string;
  readonly key: string;
  /** True when the key of an added server is to go. */
  readonly forgetsKey: boolean;
  /** A model's name that was typed. */
  readonly name: string;
  readonly picked: readonly string[];
}

/** `ready`: the test went well. `doubtful`: it did not, and the server may be kept all the same. */
export type FormStage = 'open' | 'testing' | 'ready' | 'doubtful';

export interface ServerFormState {
  readonly draft: ServerDraft;
  readonly models: readonly string[];
  /** True when a test found the models; false when they are only what was kept. */
  readonly areFound: boolean;
  readonly stage: FormStage;
  readonly error: AppErrorShape | null;
  readonly nothingPicked: boolean;
  /** Another address that may be meant. */
  readonly instead: string | null;
  readonly change: (part: Partial<ServerDraft>) => void;
  readonly test: (address?: string) => Promise<boolean>;
  readonly save: (anyway: boolean) => Promise<void>;
}

/** Waiting mends none of these: what was typed cannot be used. */
const unusable: readonly ErrorCode[] = ['server/bad-address', 'server/key-unusable', 'server/not-encrypted'];

export function useServerForm(server: ServerRow | null, onDone: () => void): ServerFormState {
  const client = useClient();
  const [draft, setDraft] = useState<ServerDraft>(() => draftOf(server));
  const [found, setFound] = useState<ServerTest | null>(null);
  const [stage, setStage] = useState<FormStage>(server === null ? 'open' : 'ready');
  const [error, setError] = useState<AppErrorShape | null>(null);
  const [nothingPicked, setNothingPicked] = useState(false);
  const name = draft.name.trim();
  const models = [...new Set([...draft.picked, ...(found?.models ?? server?.models ?? [])])];

  const change = (part: Partial<ServerDraft>) => {
    setNothingPicked(false);
    if (part.address === undefined && part.key === undefined) return setDraft({ ...draft, ...part });
    // What another address had says nothing of this one.
    setDraft({ ...draft, ...part, ...(server === null && part.address !== undefined ? { picked: [] } : {}) });
    setFound(null);
    setError(null);
    if (server === null) setStage('open');
  };

  const test = async (address = draft.address) => {
    setStage('testing');
    setDraft({ ...draft, address });
    const asked = { model: name === '' ? null : name, serverId: server?.id ?? null };
    const answer = await client.request('server.test', { address, key: keyOf(draft, server), ...asked });
    const failure = answer.ok ? answer.value.error : answer.error;
    setFound(answer.ok ? answer.value : null);
    setError(failure);
    setNothingPicked(false);
    if (failure !== null || !answer.ok) {
      setStage(canBeKept(failure, name) ? 'doubtful' : server === null ? 'open' : 'ready');
      return false;
    }
    setDraft(draftAfter(answer.value, draft));
    setStage('ready');
    return true;
  };

  const save = async (anyway: boolean) => {
    if (draft.picked.length === 0 && name === '') return setNothingPicked(true);
    // A name nobody knows yet is tried first.
    if (name !== '' && !anyway && !models.includes(name)) return void (await test());
    const answer = await keep(client, server, draft);
    if (answer.ok) onDone();
    else setError(answer.error);
  };
  const { ok: areFound = false, instead = null } = found ?? {};
  return { draft, models, areFound, stage, error, nothingPicked, instead, change, test, save };
}

/** A server whose model was named may work although the test did not. */
function canBeKept(failure: AppErrorShape | null, name: string): boolean {
  return name !== '' && failure !== null && !unusable.includes(failure.code);
}

/** The draft with what a test found: the models that were picked and the one that was named, else the first of the list. */
function draftAfter({ address, models: [first] }: ServerTest, draft: ServerDraft): ServerDraft {
  const picked = draft.picked.length === 0 && first !== undefined ? [first] : draft.picked;
  return { ...draft, address, picked: withNamed(picked, draft), name: '' };
}

function withNamed(picked: readonly string[], { name }: ServerDraft): readonly string[] {
  return [...new Set([...picked, ...(name.trim() === '' ? [] : [name.trim()])])];
}

/** Adds a server, or changes the one that was added, to what stands in the form. */
function keep(client: ReturnType<typeof useClient>, server: ServerRow | null, draft: ServerDraft) {
  const kept = { address: draft.address, key: keyOf(draft, server), models: [...withNamed(draft.picked, draft)] };
  if (server === null) return client.request('server.add', { ...kept, label: '' });
  return client.request('server.change', { ...kept, serverId: server.id });
}

function draftOf(server: ServerRow | null): ServerDraft {
  return { address: server?.address ?? '', key: '', forgetsKey: false, name: '', picked: server?.models ?? [] };
}

/** Answers the key to send: for an added server null keeps the one there is, and an empty one takes it away. */
function keyOf({ key, forgetsKey }: ServerDraft, server: ServerRow | null): string | null {
  if (server !== null && forgetsKey) return '';
  return key.trim() === '' ? null : key;
}
