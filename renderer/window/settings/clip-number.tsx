import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from './controls.tsx';
import type { ControlProps } from './setting.tsx';

export interface ClipNumberProps extends ControlProps {
  readonly of: 'clipboardItems' | 'clipboardDays';
  readonly choices: readonly number[];
}

/** How many copies are kept, or for how long. A number of one's own, from the file, is kept. */
export function ClipNumber({ id, settings, change, of, choices }: ClipNumberProps): ReactNode {
  const { t } = useTranslation('window');
  const name = (count: number) => t(`settings.${of}.count`, { count });
  const all = [...new Set([...choices, settings[of]])].sort((one, other) => one - other);
  return (
    <Select
      id={id}
      label={t(`settings.${of}.name`)}
      value={String(settings[of])}
      choices={all.map((count) => ({ value: String(count), name: name(count) }))}
      onChange={(value) => change({ [of]: Number(value) }, name(Number(value)))}
    />
  );
}
