import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../../text/language.ts';
import { useMirror } from '../../app/backend.ts';
import { useModels } from '../../app/use-models.ts';

/** Longest text that steps are tried on; core refuses more. */
export const sampleLimit = 20_000;

export interface SampleProps {
  readonly sample: string;
  readonly modelId: string | null;
  readonly usesModel: boolean;
  readonly onSample: (text: string) => void;
  readonly onModel: (modelId: string | null) => void;
}

/** The text that the steps are tried on, and who answers where one of them asks. */
export function Sample({ sample, modelId, usesModel, onSample, onModel }: SampleProps): ReactNode {
  const { t } = useTranslation('editor');
  const id = useId();
  const selection = useLastSelection();
  return (
    <section className="sample" aria-label={t('sample.label')}>
      <div className="sample-head">
        <label htmlFor={id}>{t('sample.label')}</label>
        {selection !== null && selection !== sample && (
          <button type="button" className="text-button small" onClick={() => onSample(selection)}>
            {t('sample.useSelection')}
          </button>
        )}
        {usesModel && <ModelChoice modelId={modelId} onModel={onModel} />}
      </div>
      <textarea
        id={id}
        className="field"
        rows={Math.min(8, Math.max(3, sample.split('\n').length))}
        value={sample}
        placeholder={t('sample.placeholder')}
        lang={glyphLanguageOf(sample)}
        dir="auto"
        spellCheck={false}
        onChange={(event) => onSample(event.target.value.slice(0, sampleLimit))}
      />
      {sample.length >= sampleLimit && <p className="small dim">{t('sample.tooLong', { count: sampleLimit })}</p>}
    </section>
  );
}

function ModelChoice({ modelId, onModel }: Pick<SampleProps, 'modelId' | 'onModel'>): ReactNode {
  const { t } = useTranslation('editor');
  const models = useModels().filter(({ installed }) => installed);
  const chosen = models.find((model) => model.chosen);
  const usual =
    chosen === undefined ? t('sample.chosen') : t('sample.chosenNamed', { name: showHiddenInLine(chosen.name) });
  return (
    <select
      className="field select sample-model"
      aria-label={t('sample.model')}
      value={modelId ?? ''}
      onChange={(event) => onModel(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{usual}</option>
      {models
        .filter((model) => !model.chosen)
        .map((model) => (
          <option key={model.id} value={model.id}>
            {showHiddenInLine(model.name)}
          </option>
        ))}
    </select>
  );
}

/** The beginning of the text that was selected last; null where there is none. */
function useLastSelection(): string | null {
  const chips = useMirror('context')?.chips ?? [];
  const found = chips.find(({ kind, status, sample }) => kind === 'selection' && status === 'ready' && sample !== true);
  return found === undefined || found.preview === '' ? null : found.preview;
}
