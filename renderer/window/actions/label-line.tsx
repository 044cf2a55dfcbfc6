import { Cloud, Shield, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelledEdge, LabelPlan, Recipient } from '../../../contract/label.ts';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';

/** Before it runs: whom the selection can reach, and what may come of it outside. */
export function LabelLine({ plan }: { readonly plan: LabelPlan | null }): ReactNode {
  const { t } = useTranslation('editor');
  if (plan === null) return null;
  const { edges, to } = plan;
  const sends = edges.filter(({ sink }) => sink === 'send');
  const broken = edges.find(({ verdict }) => verdict === 'breaks');
  const isAway = to !== null && to.place !== 'this-machine';
  const stepsOf = (some: readonly LabelledEdge[]) => some.map(({ step }) => step + 1).join(t('labels.and'));
  return (
    <p className={`labels${broken === undefined ? '' : ' broken'}`} role="status">
      {broken === undefined ? (
        <Shield size={14} strokeWidth={1.6} aria-hidden />
      ) : (
        <TriangleAlert size={14} strokeWidth={1.8} aria-hidden />
      )}
      {isAway && sends.length > 0 ? (
        <Reaches to={to} steps={stepsOf(sends)} />
      ) : (
        <span>{t(sends.length === 0 ? 'labels.nobody' : to === null ? 'labels.noModel' : 'labels.here')}</span>
      )}
      {(['open', 'append', 'notify', 'write'] as const).map((sink) => {
        const some = edges.filter((edge) => edge.sink === sink);
        const asks = some.some(({ verdict }) => verdict === 'asks');
        if (some.length === 0) return null;
        return (
          <span key={sink} className="dim">
            {t(`labels.${sink}${(sink === 'append' || sink === 'notify') && asks ? 'Asks' : ''}`, {
              steps: stepsOf(some),
            })}
          </span>
        );
      })}
      {broken !== undefined && (
        <strong>{t(broken.sink === 'open' ? 'labels.breaksOpen' : 'labels.breaks', { step: broken.step + 1 })}</strong>
      )}
    </p>
  );
}

function Reaches({ to, steps }: { readonly to: Recipient; readonly steps: string }): ReactNode {
  const { t } = useTranslation('editor');
  const name = showHiddenInLine(to.name === '' ? (to.host ?? '') : to.name).slice(0, 60);
  return (
    <>
      <span>{t('labels.reach')}</span>
      <span className="labels-who">
        <Cloud size={14} strokeWidth={1.6} aria-hidden /> {name}
      </span>
      {to.training !== 'no' && <span className="labels-warn">{t(`labels.training.${to.training}`)}</span>}
      <span className="dim">{t('labels.atStep', { steps })}</span>
    </>
  );
}
