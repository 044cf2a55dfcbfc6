import { Box, ChevronDown, Cloud, Cpu, Server } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRow } from '../../contract/model.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useClient } from '../app/backend.ts';
import { isThisMachine } from '../app/this-machine.ts';
import { useModels } from '../app/use-models.ts';
import { Menu, type MenuItem, type MenuPlace, placeAt } from './menu.tsx';

/** The model that answers, as a button that opens the others. */
export function ModelPill({ button }: { readonly button?: RefObject<HTMLButtonElement | null> }): ReactNode {
  const { t } = useTranslation('window');
  const models = useModels();
  const chosen = models.find((model) => model.chosen);
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const name = chosen === undefined ? t('chats.noModel') : showHiddenInLine(chosen.name);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="pill model-pill"
        aria-haspopup="menu"
        aria-expanded={place !== null}
        aria-label={t('chats.model', { name })}
        title={t('chats.model', { name })}
        onClick={(event) => setPlace(placeAt(event.currentTarget))}
      >
        <span className="pill-name">{name}</span>
        <ChevronDown size={12} strokeWidth={1.8} aria-hidden />
      </button>
      {place !== null && <ModelMenu models={models} place={place} onClose={() => setPlace(null)} />}
    </>
  );
}

interface ModelMenuProps {
  readonly models: readonly ModelRow[];
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

function ModelMenu({ models, place, onClose }: ModelMenuProps): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const installed = models.filter((model) => model.installed);
  const items: readonly MenuItem[] = [
    ...installed.map((model) => ({
      id: model.id,
      name: showHiddenInLine(model.name),
      ...placeOf(model, t),
      isChosen: model.chosen,
      run: () => void client.request('model.choose', { modelId: model.id }),
    })),
    {
      id: 'more',
      icon: Box,
      name: t('chats.moreModels'),
      apart: installed.length > 0,
      run: () => void client.request('window.open', { page: 'models', conversationId: null }),
    },
  ];
  return <Menu label={t('page.models')} place={place} items={items} onClose={onClose} />;
}

interface AgainWithProps {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onChoose: (modelId: string) => void;
  readonly onClose: () => void;
}

/** Models to have the last question answered by, once more; the chosen one stays the chosen one. */
export function AgainWithMenu({ button, onChoose, onClose }: AgainWithProps): ReactNode {
  const { t } = useTranslation('window');
  const models = useModels().filter((model) => model.installed);
  if (button.current === null) return null;
  const items: readonly MenuItem[] = models.map((model) => ({
    id: model.id,
    name: showHiddenInLine(model.name),
    ...placeOf(model, t),
    run: () => onChoose(model.id),
  }));
  return <Menu label={t('command.again-with')} place={placeAt(button.current)} items={items} onClose={onClose} />;
}

/** Where a model answers, as a sign and in words. */
function placeOf(model: ModelRow, t: (key: string) => string): Pick<MenuItem, 'icon' | 'about'> {
  if (model.kind !== 'server') return { icon: Cpu, about: t('chats.onDevice') };
  return isThisMachine(model.host)
    ? { icon: Server, about: t('chats.hereServer') }
    : { icon: Cloud, about: model.host };
}
