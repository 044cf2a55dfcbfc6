import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSayError } from '../../answer/say-error.ts';
import { useClient } from '../../app/backend.ts';
import { useToast } from '../toast.tsx';
import { CardDialog } from './card-dialog.tsx';

/** Answers as pictures that say what made them. */
export interface Cards {
  /** At once, where the person has a name already. */
  readonly copy: (answerId: string) => void;
  readonly save: (answerId: string) => void;
}

const CardsContext = createContext<Cards>({ copy: () => {}, save: () => {} });

export function useCards(): Cards {
  return useContext(CardsContext);
}

export function CardsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('window');
  const client = useClient();
  const toast = useToast();
  const sayError = useSayError();
  const [answerId, setAnswerId] = useState<string | null>(null);
  const cards = useMemo<Cards>(
    () => ({
      copy: async (id) => {
        const answer = await client.request('card.copy', { answerId: id, authorName: null });
        if (answer.ok) toast({ text: t('card.copied') });
        else if (answer.error.code === 'atom/author-wanted') setAnswerId(id);
        else toast({ text: sayError(answer.error) });
      },
      save: setAnswerId,
    }),
    [client, toast, t, sayError],
  );
  return (
    <CardsContext value={cards}>
      {children}
      {answerId !== null && <CardDialog answerId={answerId} onClose={() => setAnswerId(null)} />}
    </CardsContext>
  );
}
