import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../contract/errors.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { Key, keyParts } from '../ui/key.tsx';
import { useKeyListening } from './use-key-listening.ts';

export interface ActionKeyProps {
  readonly actionId: string;
  readonly name: string;
  /** It was just taken onto the list, and waits for its key. */
  readonly isNew: boolean;
  readonly onRemoved: () => void;
}

/** One action with the key that runs it on the selected text; the key is set by pressing it. */
export function ActionKey({ actionId, name, isNew, onRemoved }: ActionKeyProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const sayError = useSayError();
  const shell = useMirror('shell');
  const accelerator = useMirror('settings')?.actionHotkeys[actionId] ?? null;
  const [error, setError] = useState<AppErrorShape | null>(null);
  const set = async (next: string | null) => {
    stop();
    const answer = await client.request('hotkey.setAction', { actionId, accelerator: next });
    setError(answer.ok ? null : answer.error);
    if (next === null) onRemoved();
  };
  const keys = useKeyListening(shell?.platform ?? 'linux', (pressed) => void set(pressed));
  const { listening, start, stop, button } = keys;
  const element = useStarted(isNew && accelerator === null, start);
  if (shell === undefined) return null;
  const { platform, refusedActionHotkeys } = shell;
  const shown = accelerator === null ? t('settings.actions.noKey') : keyParts(accelerator, platform).join(' + ');
  const isRefused = refusedActionHotkeys.includes(actionId) || error !== null;
  return (
    <li className="setting action-key">
      <div className="setting-words">
        <span>{name}</span>
        {isRefused && (
          <p className="refusal" role={error === null ? undefined : 'alert'}>
            {error === null ? t('settings.actions.refused') : sayError(error)}
          </p>
        )}
      </div>
      <button
        ref={element}
        type="button"
        className={`button key-button${isRefused ? ' refused' : ''}`}
        aria-label={t('settings.actions.key', { action: name, key: listening ? t('settings.hotkey.press') : shown })}
        {...button}
      >
        {listening ? (
          t('settings.hotkey.press')
        ) : accelerator === null ? (
          shown
        ) : (
          <Key keys={accelerator} platform={platform} />
        )}
      </button>
      <RemoveKey name={name} onRemove={() => void set(null)} />
    </li>
  );
}

function RemoveKey({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }): ReactNode {
  const { t } = useTranslation('window');
  const label = t('settings.actions.remove', { action: name });
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onRemove}>
      <X size={16} strokeWidth={1.6} aria-hidden />
    </button>
  );
}

/** Whoever chose an action for a key presses the key next: its button has the keyboard and listens already. */
function useStarted(isNew: boolean, start: () => void) {
  const element = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once, when it came onto the list
  useEffect(() => {
    if (!isNew) return;
    element.current?.focus();
    start();
  }, [isNew]);
  return element;
}
