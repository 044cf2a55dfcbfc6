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
  /** There is something to keep, or to try first. */
  readonly canSave: boolean;
  /** Keeps the key with the models that are chosen; one that was not tried is tried first. */
  readonly save: () => Promise<void>;
}

/** Offered at once are the first of the known models: more are one click away. */
const fewModels = 3;

export function useProviderKey(provider: ProviderRow, onDone: () => void): ProviderKeyState {
  const client = useClient();
  const [key, setKey] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { address, setAddress, found, error, setError, isTesting, forget, testKey } = useTest(provider);

  /** What was found and is offered at once; null where it failed. */
  const test = async (pasted = key): Promise<ProviderTest | null> => {
    const tried = await testKey(entered(pasted));
    if (tried !== null) setPicked(offeredOf(tried));
    return tried;
  };

  const save = async () => {
    const tried = found ?? (await test());
    if (tried === null) return;
    const models = found === null ? offeredOf(tried) : picked;
    const answer = await client.request('providers.connect', {
      ...{ provider: provider.id, address: tried.address, key: entered(key), models: [...models] },
    });
    if (answer.ok) onDone();
    else setError(answer.error);
  };
  const isFilled = address.trim() !== '' && (key.trim() !== '' || provider.group === 'own');

  return {
    ...{ address, key, found, picked, isTesting, error, save },
    test: async (pasted) => void (await test(pasted)),
    canSave: found === null ? isFilled && !isTesting : picked.length > 0,
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

/** The address that is asked, and what the last test there gave. */
function useTest(provider: ProviderRow) {
  const client = useClient();
  const [address, setAddress] = useState(provider.regions[0]?.address ?? '');
  const [found, setFound] = useState<ProviderTest | null>(null);
  const [isTesting, setTesting] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const forget = () => {
    setFound(null);
    setError(null);
  };
  const testKey = async (key: string | null): Promise<ProviderTest | null> => {
    setTesting(true);
    forget();
    const answer = await client.request('providers.test', { provider: provider.id, address, key });
    setTesting(false);
    const failure = answer.ok ? answer.value.error : answer.error;
    setError(failure);
    if (!answer.ok || failure !== null) return null;
    setFound(answer.value);
    setAddress(answer.value.address);
    return answer.value;
  };
  return { address, setAddress, found, error, setError, isTesting, forget, testKey };
}

function entered(key: string): string | null {
  return key.trim() === '' ? null : key;
}

function offeredOf({ models }: ProviderTest): readonly string[] {
  return models.slice(0, fewModels).map(({ id }) => id);
}
