import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** Makes a passphrase for keys, or takes the one that there is. It is no form: it also stands within one. */
export function Passphrase(): ReactNode {
  const status = useMirror('lockedKeys')?.status;
  if (status === 'locked') return <Unlock />;
  return status === 'none' ? <Make /> : null;
}

/** Asks for the passphrase where what it opens is listed, once after each start. */
export function LockedKeys(): ReactNode {
  if (useMirror('lockedKeys')?.status !== 'locked') return null;
  return (
    <div className="server-form locked-keys">
      <Unlock />
    </div>
  );
}

function Make(): ReactNode {
  const { t } = useTranslation('window');
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const { error, isBusy, send } = usePassphrase('lockedKeys.make');
  const about = useId();
  if (!isOpen)
    return (
      <button type="button" className="button plain passphrase-offer" onClick={() => setIsOpen(true)}>
        {t('passphrase.offer')}
      </button>
    );
  const differ = again !== '' && again !== typed;
  const make = () => {
    if (typed !== '' && again === typed) send(typed);
  };
  return (
    <fieldset className="passphrase" aria-describedby={about}>
      <p id={about} className="small dim">
        {t('passphrase.about')}
      </p>
      <Hidden label={t('passphrase.field')} value={typed} onChange={setTyped} onEnter={make} isFirst />
      <Hidden label={t('passphrase.again')} value={again} onChange={setAgain} onEnter={make} />
      {differ && <p className="small warn">{t('passphrase.differ')}</p>}
      <WhatIsWrong error={error} />
      <button type="button" className="button" disabled={isBusy || typed === '' || again !== typed} onClick={make}>
        {t('passphrase.make')}
      </button>
    </fieldset>
  );
}

function Unlock(): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const [typed, setTyped] = useState('');
  const [isSure, setIsSure] = useState(false);
  const { error, isBusy, send } = usePassphrase('lockedKeys.open');
  const open = () => {
    if (typed !== '') send(typed);
  };
  return (
    <fieldset className="passphrase">
      <p className="small">{t('passphrase.locked')}</p>
      <Hidden label={t('passphrase.field')} value={typed} onChange={setTyped} onEnter={open} />
      <WhatIsWrong error={error} />
      <div className="passphrase-buttons">
        <button type="button" className="button" disabled={isBusy || typed === ''} onClick={open}>
          {t('passphrase.open')}
        </button>
        <button
          type="button"
          className={isSure ? 'button danger' : 'button plain'}
          onClick={() => (isSure ? void client.request('lockedKeys.forget', {}) : setIsSure(true))}
        >
          {t(isSure ? 'passphrase.forgetReally' : 'passphrase.forget')}
        </button>
      </div>
    </fieldset>
  );
}

interface HiddenProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly isFirst?: boolean;
}

/** A line that is not shown. Enter is for it and not for the form around it. */
function Hidden({ label, value, onChange, onEnter, isFirst = false }: HiddenProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <label>
      {label}
      <input
        ref={(field) => {
          if (isFirst && value === '') field?.focus();
        }}
        className="field"
        type="password"
        value={value}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}

function WhatIsWrong({ error }: { readonly error: AppErrorShape | null }): ReactNode {
  const sayError = useSayError();
  if (error === null) return null;
  return (
    <p className="note danger" role="alert">
      {sayError(error)}
    </p>
  );
}

/** Sends a passphrase and keeps nothing of it. */
function usePassphrase(route: 'lockedKeys.make' | 'lockedKeys.open') {
  const client = useClient();
  const [error, setError] = useState<AppErrorShape | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const send = (passphrase: string) => {
    setIsBusy(true);
    void client.request(route, { passphrase }).then((answer) => {
      setIsBusy(false);
      setError(answer.ok ? null : answer.error);
    });
  };
  return { error, isBusy, send };
}
