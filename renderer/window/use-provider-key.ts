import { useState } from 'react';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { ProviderRow, ProviderTest } from '../../contract/provider.ts';
import { useClient } from '../app/backend.ts';

/** What stands in the form for a provider's key, and what can be done with it. */
export interface ProviderKeyState {
  readonly address: string;
  readonly key: string;
  readonly found: ProviderTest | null;
  readonly picked: readonly string[];
  readonly isTesting: boolean;
  readonly error: AppErrorShape | null;
  readonly setAddress: (address: string) => void;
  readonly setKey: (key: string) => void;
  readonly pick: (model: string, on: boolean) => void;
  /** Tries what is entered; `pasted`: what is being entered at this moment. */
  readonly test: (pasted?: string) => Promise<void>;
  readonly connect: () => Promise<void>;
}

/** Offered at once are the first of the known models: more are one click away. */
const fewModels = 3;

export function useProviderKey(provider: ProviderRow, onDone: () => void): ProviderKeyState {
  const client = useClient();
  const [address, setAddress] = useState(provider.regions[0]?.address ?? '');
  const [key, setKey] = useState('');
  const [found, setFound] = useState<ProviderTest | null>(null);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [isTesting, setTesting] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);

  const forget = () => {
    setFound(null);
    setError(null);
  };
  const entered = (given: string) => (given.trim() === '' ? null : given);

  const test = async (pasted = key) => {
    setTesting(true);
    forget();
    const asked = { provider: provider.id, address, key: entered(pasted) };
    const answer = await client.request('providers.test', asked);
    setTesting(false);
    const failure = answer.ok ? answer.value.error : answer.error;
    setError(failure);
    if (!answer.ok || failure !== null) return;
    setFound(answer.value);
    setAddress(answer.value.address);
    setPicked(answer.value.models.slice(0, fewModels).map(({ id }) => id));
  };

  const connect = async () => {
    const answer = await client.request('providers.connect', {
      ...{ provider: provider.id, address, key: entered(key), models: [...picked] },
    });
    if (answer.ok) onDone();
    else setError(answer.error);
  };

  return {
    ...{ address, key, found, picked, isTesting, error, test, connect },
    setAddress: (next) => {
      forget();
      setAddress(next);
    },
    setKey: (next) => {
      forget();
      setKey(next);
    },
    pick: (model, on) => setPicked(on ? [...picked, model] : picked.filter((one) => one !== model)),
  };
}
