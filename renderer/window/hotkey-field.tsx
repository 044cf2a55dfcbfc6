import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { Key, keyParts } from '../ui/key.tsx';
import { useKeyListening } from './use-key-listening.ts';

/** Changes the global shortcut by pressing the new one. While it listens, the old one is let go. */
export function HotkeyField({
  id,
  onError,
}: {
  readonly id: string;
  readonly onError: (error: AppErrorShape | null) => void;
}): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const shell = useMirror('shell');
  const set = async (accelerator: string) => {
    const answer = await client.request('hotkey.set', { accelerator });
    stop();
    onError(answer.ok ? null : answer.error);
  };
  const { listening, stop, button } = useKeyListening(shell?.platform ?? 'linux', (pressed) => void set(pressed));
  if (shell === undefined) return null;
  const { hotkey, platform } = shell;
  const state = hotkey.error !== null ? 'refused' : hotkey.provedAt === null ? 'unproved' : 'proved';
  return (
    <div className="hotkey-field">
      <button id={id} type="button" className={`button key-button ${state}`} {...button}>
        {listening ? t('settings.hotkey.press') : <Key keys={hotkey.accelerator} platform={platform} />}
      </button>
      <span className={`small key-state ${state}`}>
        {state === 'proved' && <CircleCheck size={13} strokeWidth={1.8} aria-hidden />}
        {t(`settings.hotkey.${state}`)}
      </span>
      {hotkey.proposals.length > 0 && (
        <span className="key-proposals">
          <span className="small dim">{t('settings.hotkey.instead')}</span>
          {hotkey.proposals.map((accelerator) => (
            <button key={accelerator} type="button" className="button" onClick={() => void set(accelerator)}>
              {keyParts(accelerator, platform).join(' + ')}
            </button>
          ))}
        </span>
      )}
    </div>
  );
}
