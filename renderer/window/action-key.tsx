import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { keyParts } from '../ui/key.tsx';
import { useKeyListening } from './use-key-listening.ts';

export interface ActionKeyProps {
  readonly actionId: string;
  readonly name: string;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** One action with the key that runs it on the selected text; the key is set by pressing it. */
export function ActionKey({ actionId, name, onError }: ActionKeyProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const shell = useMirror('shell');
  const accelerator = useMirror('settings')?.actionHotkeys[actionId] ?? null;
  const set = async (next: string | null) => {
    stop();
    const answer = await client.request('hotkey.setAction', { actionId, accelerator: next });
    onError(answer.ok ? null : answer.error);
  };
  const { listening, stop, button } = useKeyListening(shell?.platform ?? 'linux', (pressed) => void set(pressed));
  if (shell === undefined) return null;
  const { platform, refusedActionHotkeys } = shell;
  const key = accelerator === null ? t('settings.actions.noKey') : keyParts(accelerator, platform).join(' + ');
  const shown = listening ? t('settings.hotkey.press') : key;
  return (
    <li className="action-key">
      <span>{name}</span>
      {refusedActionHotkeys.includes(actionId) && <span className="small dim">{t('settings.actions.refused')}</span>}
      <button
        type="button"
        className="button"
        aria-label={t('settings.actions.key', { action: name, key: shown })}
        {...button}
      >
        {shown}
      </button>
      {accelerator !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('settings.actions.remove', { action: name })}
          title={t('settings.actions.remove', { action: name })}
          onClick={() => void set(null)}
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </li>
  );
}
