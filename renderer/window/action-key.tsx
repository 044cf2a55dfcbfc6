import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { keyParts } from '../ui/key.tsx';
import { acceleratorOf } from './accelerator-of.ts';

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
  const [listening, setListening] = useState(false);
  useEffect(() => {
    if (!listening) return;
    void client.request('hotkey.listen', { listening: true });
    return () => void client.request('hotkey.listen', { listening: false });
  }, [client, listening]);
  if (shell === undefined) return null;
  const { platform, refusedActionHotkeys } = shell;
  const set = async (next: string | null) => {
    setListening(false);
    const answer = await client.request('hotkey.setAction', { actionId, accelerator: next });
    onError(answer.ok ? null : answer.error);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!listening) return;
    event.preventDefault();
    if (event.key === 'Escape') setListening(false);
    const pressed = acceleratorOf(event.nativeEvent, platform);
    if (pressed !== null) void set(pressed);
  };
  const key = accelerator === null ? t('settings.actions.noKey') : keyParts(accelerator, platform).join(' + ');
  const shown = listening ? t('settings.hotkey.press') : key;
  return (
    <li className="action-key">
      <span>{name}</span>
      {refusedActionHotkeys.includes(actionId) && <span className="small dim">{t('settings.actions.refused')}</span>}
      <button
        type="button"
        className="button"
        aria-pressed={listening}
        aria-label={t('settings.actions.key', { action: name, key: shown })}
        onClick={() => setListening(!listening)}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
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
