import { CircleCheck } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderRow } from '../../contract/provider.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useSayError } from '../answer/say-error.ts';
import { KeyPlace } from './key-place.tsx';
import { ProviderWords } from './provider-words.tsx';
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
  const isOwn = provider.group === 'own';
  const name = provider.names[language];
  const isOfPlan = provider.planKeys.some((start) => form.key.startsWith(start));
  const onSave = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  return (
    <form className="server-form provider-key" aria-label={name} onSubmit={onSave}>
      {isOwn && <AddressField form={form} provider={provider} language={language} isFirst />}
      <KeyField form={form} isOwn={isOwn} />
      {isOfPlan && <p className="small warn">{t('providers.planKey', { name })}</p>}
      {form.error !== null && <WhatIsWrong form={form} />}
      {!isOwn && <AddressField form={form} provider={provider} language={language} />}
      <FoundModels form={form} />
      <ProviderWords provider={provider} />
      <div className="form-buttons">
        <span className="small dim">{t('providers.neverShown')}</span>
        <button type="button" className="button" onClick={onDone}>
          {t('cancel')}
        </button>
        <button type="submit" className="button primary" disabled={!form.canSave}>
          {t('servers.save')}
        </button>
      </div>
    </form>
  );
}

/** The key, with what its test gave in the field itself, and where it will be kept under it. */
function KeyField({ form, isOwn }: { readonly form: ProviderKeyState; readonly isOwn: boolean }): ReactNode {
  const { t } = useTranslation('window');
  const field = useRef<HTMLInputElement>(null);
  const about = useId();
  useEffect(() => {
    if (!isOwn) field.current?.focus();
  }, [isOwn]);
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text');
    if (form.key !== '' || pasted.trim() === '') return;
    event.preventDefault();
    form.setKey(pasted);
    void form.test(pasted);
  };
  return (
    <>
      <label>
        {isOwn ? t('servers.key') : t('providers.key')}
        <span className="key-field">
          <input
            ref={field}
            className="field"
            type="password"
            value={form.key}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={about}
            onChange={(event) => form.setKey(event.target.value)}
            onPaste={onPaste}
          />
          <TestResult form={form} />
        </span>
      </label>
      <KeyPlace id={about} />
    </>
  );
}

/** How the test stands, within the field that is tested; before one, the way to it. */
function TestResult({ form }: { readonly form: ProviderKeyState }): ReactNode {
  const { t } = useTranslation('window');
  const { found, isTesting, key } = form;
  const said = isTesting ? t('servers.testing') : found === null ? '' : t('providers.works');
  return (
    <span className={found === null ? 'key-result' : 'key-result works'}>
      {found !== null && <CircleCheck size={14} strokeWidth={1.6} aria-hidden />}
      <span role="status">{said}</span>
      {said === '' && key.trim() !== '' && (
        <button type="button" className="button plain" onClick={() => void form.test()}>
          {t('servers.test')}
        </button>
      )}
    </span>
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

interface AddressProps extends Omit<ProviderKeyProps, 'onDone'> {
  readonly form: ProviderKeyState;
  readonly isFirst?: boolean;
}

/** One of the provider's regions, or an address of the person's own that speaks the same. */
function AddressField({ form, provider, language, isFirst = false }: AddressProps): ReactNode {
  const { t } = useTranslation('window');
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) field.current?.focus();
  }, [isFirst]);
  const name = (region: ProviderRow['regions'][number]) => region.names?.[language] ?? provider.names[language];
  return (
    <>
      <label>
        {t('servers.address')}
        <input
          ref={field}
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
            <span className="small dim">
              {price === null
                ? t('providers.price.unknown')
                : t('providers.price.hundred', { amount: sayPrice(t, price) })}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
