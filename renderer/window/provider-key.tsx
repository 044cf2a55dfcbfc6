import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderRow } from '../../contract/provider.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useSayError } from '../answer/say-error.ts';
import { useMirror } from '../app/backend.ts';
import { sayPrice } from './say-provider.ts';
import { type ProviderKeyState, useProviderKey } from './use-provider-key.ts';

interface ProviderKeyProps {
  readonly provider: ProviderRow;
  readonly language: 'en' | 'zh-CN';
  readonly onDone: () => void;
}

/** A key for a provider: tried as it is pasted, then kept with the models that are chosen. */
export function ProviderKey({ provider, language, onDone }: ProviderKeyProps): ReactNode {
  const { t } = useTranslation('window');
  const form = useProviderKey(provider, onDone);
  const keyStore = useMirror('shell')?.keyStore;
  const name = provider.names[language];
  const isOfPlan = provider.planKeys.some((start) => form.key.startsWith(start));
  const onTest = (event: FormEvent) => {
    event.preventDefault();
    void form.test();
  };
  return (
    <form className="server-form provider-key" aria-label={name} onSubmit={onTest}>
      <AddressField form={form} provider={provider} language={language} />
      <label>
        {provider.group === 'own' ? t('servers.key') : t('providers.key')}
        <input
          className="field"
          type="password"
          value={form.key}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => form.setKey(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            if (form.key !== '' || pasted.trim() === '') return;
            event.preventDefault();
            form.setKey(pasted);
            void form.test(pasted);
          }}
        />
      </label>
      <p className="small dim">{keyStore === 'available' ? t('servers.keyStored') : t('servers.keyUntilQuit')}</p>
      {isOfPlan && <p className="small warn">{t('providers.planKey', { name })}</p>}
      {form.error !== null && <WhatIsWrong form={form} />}
      {form.found === null ? (
        <div className="form-buttons">
          <button type="submit" className="button" disabled={form.isTesting || form.address.trim() === ''}>
            {form.isTesting ? t('servers.testing') : t('servers.test')}
          </button>
          <button type="button" className="button plain" onClick={onDone}>
            {t('cancel')}
          </button>
        </div>
      ) : (
        <FoundModels form={form} />
      )}
    </form>
  );
}

function WhatIsWrong({ form }: { readonly form: ProviderKeyState }): ReactNode {
  const sayError = useSayError();
  if (form.error === null) return null;
  return (
    <p className="note danger" role="alert">
      {sayError(form.error)}
    </p>
  );
}

/** One of the provider's regions, or an address of the person's own that speaks the same. */
function AddressField({
  form,
  provider,
  language,
}: Omit<ProviderKeyProps, 'onDone'> & { readonly form: ProviderKeyState }): ReactNode {
  const { t } = useTranslation('window');
  const list = useId();
  const name = (region: ProviderRow['regions'][number]) => region.names?.[language] ?? provider.names[language];
  return (
    <>
      <label>
        {t('servers.address')}
        <input
          className="field"
          value={form.address}
          list={list}
          spellCheck={false}
          required
          onChange={(event) => form.setAddress(event.target.value)}
        />
      </label>
      <datalist id={list}>
        {provider.regions.map((region) => (
          <option key={region.id} value={region.address}>
            {name(region)}
          </option>
        ))}
      </datalist>
      {provider.regions.length > 1 && (
        <p className="provider-regions">
          {provider.regions.map((region) => (
            <button
              key={region.id}
              type="button"
              className="button plain"
              aria-pressed={region.address === form.address}
              onClick={() => form.setAddress(region.address)}
            >
              {name(region)}
            </button>
          ))}
        </p>
      )}
    </>
  );
}

function FoundModels({ form }: { readonly form: ProviderKeyState }): ReactNode {
  const { t } = useTranslation('window');
  const { found, picked } = form;
  if (found === null) return null;
  return (
    <fieldset>
      <legend>{t('servers.found', { count: found.models.length })}</legend>
      {found.moved && (
        <p className="small" role="status">
          {t('providers.moved', { address: found.address })}
        </p>
      )}
      <div className="server-models">
        {found.models.map(({ id, price }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={picked.includes(id)}
              onChange={(event) => form.pick(id, event.target.checked)}
            />
            <span className="server-name">{showHiddenInLine(id)}</span>
            <span className="small dim">{sayPrice(t, price)}</span>
          </label>
        ))}
      </div>
      <button
        type="button"
        className="button primary"
        disabled={picked.length === 0}
        onClick={() => void form.connect()}
      >
        {t('servers.add')}
      </button>
    </fieldset>
  );
}
