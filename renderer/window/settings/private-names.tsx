import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ControlProps } from './setting.tsx';

const longest = 100;
const most = 200;

/** A list of names, one on each line; kept when the field is left, so that a half-written name is none. */
export function PrivateNames({ id, settings, change }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const kept = settings.privateNames.join('\n');
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    const names = [...new Set((typed ?? kept).split('\n').map((name) => name.trim().slice(0, longest)))];
    const privateNames = names.filter((name) => name.length > 1).slice(0, most);
    setTyped(null);
    if (privateNames.join('\n') !== kept) change({ privateNames }, String(privateNames.length));
  };
  return (
    <textarea
      id={id}
      className="field private-names"
      rows={3}
      spellCheck={false}
      aria-label={t('settings.privateNames.field')}
      value={typed ?? kept}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
    />
  );
}
