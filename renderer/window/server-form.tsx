import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { ServerTest } from '../../contract/model.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** Adds an address: test it first, then pick the models to use from its list. */
export function ServerForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const keyStore = useMirror('shell')?.keyStore;
  const [address, setAddress] = useState('');
  const [key, setKey] = useState('');
  const [test, setTest] = useState<ServerTest | null>(null);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorShape | null>(null);
  const secret = key.trim() === '' ? null : key.trim();

  const onTest = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await client.request('server.test', { address, key: secret });
    setBusy(false);
    const found = answer.ok ? answer.value : null;
    setTest(found?.ok ? found : null);
    setError(answer.ok ? (found?.error ?? null) : answer.error);
    if (found?.ok) setPicked(found.models.slice(0, 1));
  };
  const onAdd = async () => {
    if (test === null) return;
    const answer = await client.request('server.add', {
      address: test.address,
      key: secret,
      label: '',
      models: [...picked],
    });
    if (answer.ok) onDone();
    else setError(answer.error);
  };
  return (
    <form className="server-form" onSubmit={(event) => void onTest(event)}>
      <label>
        {t('servers.address')}
        <input
          className="field"
          value={address}
          placeholder="http://127.0.0.1:8080/v1"
          spellCheck={false}
          required
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
      <label>
        {t('servers.key')}
        <input
          className="field"
          type="password"
          value={key}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setKey(event.target.value)}
        />
      </label>
      <p className="small dim">{keyStore === 'available' ? t('servers.keyStored') : t('servers.keyUntilQuit')}</p>
      <button type="submit" className="button" disabled={busy || address.trim() === ''}>
        {busy ? t('servers.testing') : t('servers.test')}
      </button>
      {error !== null && (
        <p className="note danger" role="alert">
          {sayError(error)}
        </p>
      )}
      {test !== null && (
        <fieldset>
          <legend>{t('servers.found', { count: test.models.length })}</legend>
          <div className="server-models">
            {test.models.map((model) => (
              <label key={model} className="check">
                <input
                  type="checkbox"
                  checked={picked.includes(model)}
                  onChange={(event) =>
                    setPicked(event.target.checked ? [...picked, model] : picked.filter((name) => name !== model))
                  }
                />
                {model}
              </label>
            ))}
          </div>
          <button type="button" className="button primary" disabled={picked.length === 0} onClick={() => void onAdd()}>
            {t('servers.add')}
          </button>
        </fieldset>
      )}
    </form>
  );
}
