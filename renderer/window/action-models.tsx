import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { useModels } from '../app/use-models.ts';

/** Models of single actions; each other one is answered by the model that is chosen. */
export function ActionModels(): ReactNode {
  const { t, i18n } = useTranslation('window');
  const client = useClient();
  const atoms = (useMirror('atoms')?.atoms ?? []).filter(({ usesModel }) => usesModel);
  const set = useMirror('settings')?.actionModels ?? {};
  const [added, setAdded] = useState<string | null>(null);
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const isSet = (id: string) => Object.hasOwn(set, id) || id === added;
  const change = (actionId: string, modelId: string | null) => {
    const { [actionId]: _gone, ...others } = set;
    const actionModels = modelId === null ? others : { ...others, [actionId]: modelId };
    void client.request('settings.set', { actionModels });
    setAdded(null);
  };
  return (
    <section className="settings-group" aria-label={t('settings.actionModels.name')}>
      <h2>{t('settings.actionModels.name')}</h2>
      <p className="small dim">{t('settings.actionModels.about')}</p>
      <ul className="setting-box action-models">
        {atoms.map(
          ({ id, name }) =>
            isSet(id) && (
              <ActionModel
                key={id}
                name={name[language]}
                modelId={set[id] ?? ''}
                onChange={(modelId) => change(id, modelId)}
              />
            ),
        )}
        <AddAction
          others={atoms.filter(({ id }) => !isSet(id)).map(({ id, name }) => ({ id, name: name[language] }))}
          onAdd={setAdded}
        />
      </ul>
    </section>
  );
}

interface AddActionProps {
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly onAdd: (id: string) => void;
}

function AddAction({ others, onAdd }: AddActionProps): ReactNode {
  const { t } = useTranslation('window');
  const label = t('settings.actionModels.add');
  return (
    <li className="setting">
      <select className="field select" value="" aria-label={label} onChange={(event) => onAdd(event.target.value)}>
        <option value="">{label}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </li>
  );
}

interface ActionModelProps {
  readonly name: string;
  /** Empty while none is chosen yet. */
  readonly modelId: string;
  readonly onChange: (modelId: string | null) => void;
}

function ActionModel({ name, modelId, onChange }: ActionModelProps): ReactNode {
  const { t } = useTranslation('window');
  const models = useModels().filter(({ installed }) => installed);
  const isGone = modelId !== '' && !models.some(({ id }) => id === modelId);
  const remove = t('settings.actionModels.remove', { action: name });
  return (
    <li className="setting">
      <div className="setting-words">
        <span>{name}</span>
        {isGone && <p className="refusal">{t('settings.actionModels.gone')}</p>}
      </div>
      <select
        className="field select"
        aria-label={t('settings.actionModels.of', { action: name })}
        value={modelId}
        onChange={(event) => onChange(event.target.value)}
      >
        {(modelId === '' || isGone) && <option value={modelId}>{t('settings.actionModels.choose')}</option>}
        {models.map((model) => (
          <option key={model.id} value={model.id}>
            {model.kind === 'server' ? `${showHiddenInLine(model.name)} · ${model.host}` : model.name}
          </option>
        ))}
      </select>
      <button type="button" className="icon-button" aria-label={remove} title={remove} onClick={() => onChange(null)}>
        <X size={16} strokeWidth={1.6} aria-hidden />
      </button>
    </li>
  );
}
