import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useToast } from './toast.tsx';

/** How long a passphrase that was thrown away can be taken back with one press. */
const undoMs = 30_000;

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
  const [typed, setTyped] = useState('');
  const [isLeaving, setIsLeaving] = useState(false);
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
        {!isLeaving && (
          <button type="button" className="button plain" onClick={() => setIsLeaving(true)}>
            {t('passphrase.forget')}
          </button>
        )}
      </div>
      {isLeaving && <ThrowAway onStay={() => setIsLeaving(false)} />}
    </fieldset>
  );
}

/** Says what is lost with the passphrase before it is thrown away, and takes it back after. */
function ThrowAway({ onStay }: { readonly onStay: () => void }): ReactNode {
  const { t, i18n } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const servers = useMirror('settings')?.servers ?? [];
  const lost = servers
    .filter(({ keyKept }) => keyKept === 'passphrase')
    .map(({ label, address }) => label || new URL(address).host);
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(lost);
  const throwAway = async () => {
    const answer = await client.request('lockedKeys.forget', {});
    if (!answer.ok) return;
    toast({ text: t('passphrase.thrown'), ms: undoMs, undo: () => void client.request('lockedKeys.takeBack', {}) });
  };
  return (
    <fieldset className="passphrase passphrase-leaving" aria-label={t('passphrase.forget')}>
      <p className="small">{lost.length === 0 ? t('passphrase.lostNone') : t('passphrase.lost', { names })}</p>
      <div className="passphrase-buttons">
        <button type="button" className="button danger" onClick={() => void throwAway()}>
          {t('passphrase.forgetReally')}
        </button>
        <button type="button" className="button plain" onClick={onStay}>
          {t('passphrase.stay')}
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
