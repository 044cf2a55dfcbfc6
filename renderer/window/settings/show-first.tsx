import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { Segments } from './controls.tsx';
import type { ControlProps } from './setting.tsx';

const options = ['asked', 'some', 'all'] as const;
type Option = (typeof options)[number];

/** Whether what leaves is shown first: never by itself, for some servers, or always. */
export function ShowFirst({ id, settings, change }: ControlProps): ReactNode {
  const { t } = useTranslation('window');
  const { showFirst, servers } = settings;
  const option: Option = typeof showFirst === 'string' ? showFirst : 'some';
  const name = (one: Option) => t(`settings.showFirst.option.${one}` as string);
  const shown = typeof showFirst === 'string' ? [] : showFirst;
  const turn = (serverId: string, on: boolean) => {
    const next = on ? [...shown, serverId] : shown.filter((one) => one !== serverId);
    change({ showFirst: next }, String(next.length));
  };
  const choose = (one: Option) =>
    change({ showFirst: one === 'some' ? servers.map((server) => server.id) : one }, name(one));
  return (
    <div className="show-first">
      <Segments
        id={id}
        label={t('settings.showFirst.name')}
        value={option}
        choices={options
          .filter((one) => one !== 'some' || servers.length > 0)
          .map((one) => ({ value: one, name: name(one) }))}
        onChange={choose}
      />
      {option === 'some' &&
        servers.map((server) => (
          <label key={server.id} className="server-first small">
            {showHiddenInLine(server.label === '' ? server.address : server.label)}
            <input
              className="switch"
              type="checkbox"
              role="switch"
              aria-checked={shown.includes(server.id)}
              checked={shown.includes(server.id)}
              onChange={(event) => turn(server.id, event.target.checked)}
            />
          </label>
        ))}
    </div>
  );
}
