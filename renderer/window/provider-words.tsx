import { CircleAlert, Coins, VenetianMask } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderRow } from '../../contract/provider.ts';
import { sayPolicy } from '../../locales/say-policy.ts';
import { useMirror } from '../app/backend.ts';
import { mayTrain, sayPrice } from './say-provider.ts';

/** What happens to the words that go to a provider, before a key lets any go: who keeps them, what is hidden, what it costs. */
export function ProviderWords({ provider }: { readonly provider: ProviderRow }): ReactNode {
  const { t } = useTranslation('window');
  const title = useId();
  const hides = useMirror('settings')?.pseudonyms === true;
  const price = provider.models[0]?.price ?? null;
  if (provider.group === 'own') return null;
  return (
    <section className="provider-words" aria-labelledby={title}>
      <h3 id={title}>{t('providers.words')}</h3>
      <ul>
        <li>
          <CircleAlert className={mayTrain(provider) ? 'warn' : ''} size={14} strokeWidth={1.6} aria-hidden />
          {sayPolicy(t, provider, 'whole')}
        </li>
        <li>
          <VenetianMask size={14} strokeWidth={1.6} aria-hidden />
          {t(hides ? 'providers.hidden' : 'providers.notHidden')}
        </li>
        <li>
          <Coins size={14} strokeWidth={1.6} aria-hidden />
          {price === null ? t('providers.price.unknown') : t('providers.price.hundred', { amount: sayPrice(t, price) })}
        </li>
      </ul>
    </section>
  );
}
