import { Undo2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Settings, SettingsPatch } from '../../../contract/settings.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient } from '../../app/backend.ts';
import { useToast } from '../toast.tsx';

/** What the control of a setting is given. */
export interface ControlProps {
  readonly id: string;
  readonly settings: Settings;
  /** `said`: the new value as the line about the change says it. */
  readonly change: (patch: SettingsPatch, said: string) => void;
  readonly onError: (error: AppErrorShape | null) => void;
}

/** What a setting is unless a person changes it; told only where they have. */
export interface Default {
  readonly patch: SettingsPatch;
  readonly said: string;
}

export interface SettingProps {
  /** Its words are `settings.<name>` in `locales/`. */
  readonly name: string;
  readonly settings: Settings;
  /** Null while it is as it comes. */
  readonly changedFrom: Default | null;
  readonly Control: (props: ControlProps) => ReactNode;
}

/** One setting: its name, what it costs, its control; a refusal stands under it, and the line about a change undoes it. */
export function Setting({ name, settings, changedFrom, Control }: SettingProps): ReactNode {
  const { t } = useTranslation('window');
  const id = useId();
  const sayError = useSayError();
  const [error, setError] = useState<AppErrorShape | null>(null);
  const change = useChange(settings, setError);
  const title = t(`settings.${name}.name`);
  const about = t(`settings.${name}.about`, { defaultValue: '' });
  return (
    <div className={`setting setting-${name}`}>
      <div className="setting-words">
        <div>
          <label htmlFor={id}>{title}</label>
          {changedFrom !== null && (
            <button
              type="button"
              className="to-default"
              onClick={() => change(name, changedFrom.patch, changedFrom.said)}
            >
              <Undo2 size={12} strokeWidth={1.8} aria-hidden />
              {t('settings.default', { value: changedFrom.said })}
            </button>
          )}
        </div>
        {about !== '' && <p className="small dim">{about}</p>}
        {error !== null && (
          <p className="refusal" role="alert">
            {sayError(error)}
          </p>
        )}
      </div>
      <Control id={id} settings={settings} change={(patch, said) => change(name, patch, said)} onError={setError} />
    </div>
  );
}

/** Sets something, says so in one line, and takes it back from there. */
function useChange(settings: Settings, onError: (error: AppErrorShape | null) => void) {
  const { i18n } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  return async (name: string, patch: SettingsPatch, said: string) => {
    const keys = Object.keys(patch) as (keyof SettingsPatch)[];
    const before: SettingsPatch = Object.fromEntries(keys.map((key) => [key, settings[key]]));
    const answer = await client.request('settings.set', patch);
    onError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    const undo = () => void client.request('settings.set', before);
    const text = () =>
      i18n.t('settings.changed', {
        ns: 'window',
        name: i18n.t(`settings.${name}.name`, { ns: 'window' }),
        value: said,
      });
    toast({ text, undo });
  };
}
