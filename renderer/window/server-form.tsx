import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../contract/model.ts';
import { useSayError } from '../answer/say-error.ts';
import { KeyPlace } from './key-place.tsx';
import { ServerModels } from './server-models.tsx';
import { serverPresets } from './server-presets.ts';
import { type ServerFormState, useServerForm } from './use-server-form.ts';

interface ServerFormProps {
  /** The server to change; null adds one. */
  readonly server?: ServerRow | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** An address with its key and models: tested first, by its list of models or by a model's name. */
export function ServerForm({ server = null, onDone, onCancel }: ServerFormProps): ReactNode {
  const { t } = useTranslation('window');
  const form = useServerForm(server, onDone);
  const { draft, stage } = form;
  const onTest = (event: FormEvent) => {
    event.preventDefault();
    void form.test();
  };
  return (
    <form className="server-form" onSubmit={onTest}>
      {server === null && <Presets form={form} />}
      <label>
        {t('servers.address')}
        <input
          className="field"
          value={draft.address}
          placeholder="https://api.example.com/v1"
          spellCheck={false}
          required
          onChange={(event) => form.change({ address: event.target.value })}
        />
      </label>
      <KeyField form={form} server={server} />
      <NameField form={form} />
      <div className="form-buttons">
        <button type="submit" className="button" disabled={stage === 'testing' || draft.address.trim() === ''}>
          {stage === 'testing' ? t('servers.testing') : t('servers.test')}
        </button>
        <button type="button" className="button plain" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
      <WhatIsWrong form={form} isAdded={server !== null} />
      {(stage === 'ready' || server !== null) && <ServerModels form={form} isAdded={server !== null} />}
    </form>
  );
}

/** Addresses of what many people run; any other server that speaks as OpenAI's does is typed. */
function Presets({ form }: { readonly form: ServerFormState }): ReactNode {
  const { t } = useTranslation('window');
  const { draft, change } = form;
  return (
    <div className="presets">
      {serverPresets.map(({ name, address }) => (
        <button
          key={name}
          type="button"
          className={address === draft.address ? 'pill at' : 'pill'}
          aria-pressed={address === draft.address}
          onClick={() => change({ address })}
        >
          {name}
        </button>
      ))}
      <span className="small dim">{t('servers.presets')}</span>
    </div>
  );
}

/** A model's name, asked for where no list tells it. */
function NameField({ form }: { readonly form: ServerFormState }): ReactNode {
  const { t } = useTranslation('window');
  const { draft, error } = form;
  const field = useRef<HTMLInputElement>(null);
  const names = useId();
  const wantsName = error?.code === 'server/no-list' || error?.values?.['context'] === 'list' || form.nothingPicked;
  useEffect(() => {
    if (wantsName) field.current?.focus();
  }, [wantsName]);
  return (
    <>
      <label>
        {t('servers.model')}
        <input
          ref={field}
          className="field"
          value={draft.name}
          list={names}
          maxLength={300}
          spellCheck={false}
          onChange={(event) => form.change({ name: event.target.value })}
        />
      </label>
      <datalist id={names}>
        {form.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </>
  );
}

function KeyField({ form, server }: { readonly form: ServerFormState; readonly server: ServerRow | null }): ReactNode {
  const { t } = useTranslation('window');
  const hasKey = server !== null && server.keyKept !== 'none';
  return (
    <>
      <label>
        {t('servers.key')}
        <input
          className="field"
          type="password"
          value={form.draft.key}
          autoComplete="off"
          spellCheck={false}
          disabled={form.draft.forgetsKey}
          placeholder={hasKey ? t('servers.keyStays') : ''}
          onChange={(event) => form.change({ key: event.target.value })}
        />
      </label>
      {hasKey && (
        <label className="check">
          <input
            type="checkbox"
            checked={form.draft.forgetsKey}
            onChange={(event) => form.change({ forgetsKey: event.target.checked, key: '' })}
          />
          {t('servers.forgetKey')}
        </label>
      )}
      <KeyPlace />
    </>
  );
}

/** The cause, and the one thing that may help. */
function WhatIsWrong({ form, isAdded }: { readonly form: ServerFormState; readonly isAdded: boolean }): ReactNode {
  const { t } = useTranslation('window');
  const sayError = useSayError();
  const { error, instead } = form;
  if (error === null && !form.nothingPicked) return null;
  return (
    <>
      <p className="note danger" role="alert">
        {error === null ? t('servers.nothingPicked') : sayError(error)}
      </p>
      {instead !== null && (
        <button type="button" className="button" onClick={() => void form.test(instead)}>
          {t('servers.useInstead', { address: instead })}
        </button>
      )}
      {form.stage === 'doubtful' && !isAdded && (
        <button type="button" className="button plain" onClick={() => void form.save(true)}>
          {t('servers.addAnyway')}
        </button>
      )}
    </>
  );
}
