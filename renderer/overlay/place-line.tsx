import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { Key } from '../ui/key.tsx';
import type { Command } from './commands/command.ts';
import { keysNow } from './commands/commands.ts';
import type { KeyMoment } from './commands/context.ts';

export interface PlaceLineProps {
  readonly moment: KeyMoment;
  /** The application that the text came from; null where that is not known. */
  readonly application: string | null;
  /** The answer was copied, and the box is about to go. */
  readonly isLeaving: boolean;
  readonly platform: string;
  /** What can be chosen where the person is asked. */
  readonly choices: readonly Command[];
  readonly onChoose: (command: Command) => void;
}

/** One line about where the answer can go: asks before the first time in an application, and says what is left to do. */
export function PlaceLine({ moment, application, isLeaving, platform, choices, onChoose }: PlaceLineProps): ReactNode {
  const { t } = useTranslation('overlay');
  const name = showHiddenInLine(application ?? '');
  const values = application === null ? { name, context: 'unnamed' } : { name };
  if (isLeaving)
    return (
      <p className="place-line" role="status">
        {/* In a terminal Ctrl+V is another key. */}
        {t(moment.place === 'copy' ? 'place.copiedThere' : 'place.copied')}
      </p>
    );
  if (moment.input !== 'empty' || moment.view !== 'box' || moment.hasRows) return null;
  if (moment.place === 'copy') return <p className="place-line dim">{t('place.copyOnly', values)}</p>;
  if (moment.place !== 'replace' || !moment.asksFirst) return null;
  return (
    <fieldset className="place-line asks" aria-label={t('place.ask', values)}>
      <span>
        {t('place.ask', values)} <span className="dim">{t('place.untried')}</span>
      </span>
      {choices.map((command) => (
        <button
          key={command.id}
          type="button"
          className={command.id === 'replace' ? 'button primary' : 'button plain'}
          onClick={() => onChoose(command)}
        >
          {t(`place.${command.id}` as string)}
          {/* Enter stands in the footer. */}
          {command.id !== 'replace' && <Key keys={keysNow(command, moment)[0] ?? ''} platform={platform} />}
        </button>
      ))}
    </fieldset>
  );
}
