import { Ban, CircleAlert, Cloud, FilePen, type LucideIcon, Monitor, TextSelect } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AtomReview, StepChange, Touches } from '../../../contract/sharing.ts';
import { type AtomWords, sayDoubt, sayPlan, saySteps, sayTouches } from '../../../locales/say-atom.ts';
import { sayStep } from '../../../locales/say-step.ts';
import { useAtomWords } from './use-atom-words.ts';

export interface ReviewProps {
  readonly review: AtomReview;
}

export function Doubts({ review: { doubts, widened } }: ReviewProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  if (doubts.length === 0 && widened.length === 0) return null;
  return (
    <ul className="doubts" aria-label={t('settings.sharing.look')}>
      {doubts.map((doubt) => (
        <li key={doubt.doubt + JSON.stringify(doubt.values)}>
          <CircleAlert size={16} strokeWidth={1.6} aria-hidden />
          <span>{sayDoubt(words, doubt)}</span>
        </li>
      ))}
      {widened.map((one) => (
        <li key={one}>
          <CircleAlert size={16} strokeWidth={1.6} aria-hidden />
          <span>{t('settings.sharing.widened', { what: words.say(`widened.${one}`) })}</span>
        </li>
      ))}
    </ul>
  );
}

export function Does({ review: { atom } }: ReviewProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  return (
    <section aria-label={t('settings.sharing.does')}>
      <h3>{t('settings.sharing.does')}</h3>
      <ol className="told-steps">
        {saySteps(words, atom.steps).map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are told by their place
          <li key={at} dir="auto">
            {step}
          </li>
        ))}
      </ol>
    </section>
  );
}

const iconsOf = ({ model, writes }: Touches): readonly (readonly [LucideIcon, boolean])[] => [
  [TextSelect, true],
  model === 'none' ? [Ban, false] : [model === 'here' ? Monitor : Cloud, true],
  [FilePen, writes === 'selection'],
  [Ban, false],
];

export function MayTouch({ review: { atom } }: ReviewProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const icons = iconsOf(atom.touches);
  return (
    <section aria-label={t('settings.sharing.touches')}>
      <h3>{t('settings.sharing.touches')}</h3>
      <ul className="setting-box touches">
        {sayTouches(words, atom.touches).map((said, at) => {
          const [Icon = Ban, does = false] = icons[at] ?? [];
          return (
            <li key={said} className={does ? '' : 'dim'}>
              <Icon size={16} strokeWidth={1.6} aria-hidden />
              <span>{said}</span>
            </li>
          );
        })}
      </ul>
      <details className="plan small">
        <summary>{t('settings.sharing.plan')}</summary>
        {sayPlan(words, atom).map((line) => (
          <p key={line} className="dim">
            {line}
          </p>
        ))}
      </details>
    </section>
  );
}

const signs: Readonly<Record<StepChange['change'], string>> = { same: '', added: '+', removed: '−', changed: '~' };

/** Step by step what differs from the version that is here. */
export function Changes({ review }: ReviewProps): ReactNode {
  const { here, fields, kind } = review;
  const { t } = useTranslation('window');
  const words = useAtomWords();
  if (here === null) return null;
  const title = t(here.builtIn ? 'settings.sharing.changedBuiltIn' : 'settings.sharing.changed');
  const others = fields.map((field) => words.say(`field.${field}`)).join(words.say('comma'));
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {kind === 'same' && <p className="dim">{t('settings.sharing.same')}</p>}
      {kind === 'update' && (
        <ul className="step-changes">
          {linesOf(review, words).map((line) => (
            <StepLine key={line.id} {...line} />
          ))}
        </ul>
      )}
      {kind === 'update' && others !== '' && (
        <p className="small dim">{t('settings.sharing.fields', { fields: others })}</p>
      )}
    </section>
  );
}

interface StepLineProps {
  readonly sign: string;
  readonly change: StepChange['change'];
  readonly said: string;
}

/** A changed step is two lines: what it was, what it is. */
function linesOf({ changes }: AtomReview, words: AtomWords): readonly (StepLineProps & { readonly id: string })[] {
  return changes.flatMap(({ change, step, was }, at) => {
    const said = sayStep(words, step);
    if (was === null) return [{ id: `${at}`, sign: signs[change], change, said }];
    return [
      { id: `${at} was`, sign: signs.removed, change: 'removed' as const, said: sayStep(words, was) },
      { id: `${at} is`, sign: signs.added, change: 'added' as const, said },
    ];
  });
}

function StepLine({ sign, change, said }: StepLineProps): ReactNode {
  const words = useAtomWords();
  return (
    <li className={`step-change ${change}`}>
      <span className="sign" role="img" aria-label={words.say(`change.${change}`)}>
        {sign}
      </span>
      <span dir="auto">{said}</span>
    </li>
  );
}
