import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ModelTable, type ModelTableProps } from './model-table.tsx';

/** Models that answer nothing: they tell which sentence of a text an answer says again. */
export function MeaningModels(props: Omit<ModelTableProps, 'withSpeed'>): ReactNode {
  const { t } = useTranslation('window');
  if (props.models.length === 0) return null;
  return (
    <section aria-labelledby="meaning-models">
      <h2 id="meaning-models">{t('models.meaning.title')}</h2>
      <p className="dim">{t('models.meaning.about')}</p>
      <ModelTable {...props} withSpeed={false} />
    </section>
  );
}
