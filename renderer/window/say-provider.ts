import type { TFunction } from 'i18next';
import type { ProviderRow, ShownPrice } from '../../contract/provider.ts';
import { formatCost } from '../../locales/format-money.ts';

type Say = TFunction<'window'>;

/** What a question of a page with an answer of a paragraph has; in tokens. */
const question = { input: 1500, output: 200 };

/** Who may keep or learn from what is sent, in one line; what is not known is said to be. */
export function sayPolicy(t: Say, { policy, group }: Pick<ProviderRow, 'policy' | 'group'>): string {
  if (group === 'own') return t('providers.policy.own');
  const { retentionDays, training, control } = policy;
  const kept =
    retentionDays === null ? t('providers.policy.keptUnknown') : t('providers.policy.kept', { count: retentionDays });
  const learned = t(`providers.policy.training.${training ?? 'unknown'}`);
  const isUnknown = training === null && retentionDays === null;
  const asked =
    control === null || control === 'none' || control === 'own' ? '' : t(`providers.policy.control.${control}`);
  const said = isUnknown ? [t('providers.policy.unknown'), asked] : [learned, kept, asked];
  return said.filter((part) => part !== '').join(t('providers.policy.between'));
}

/** What a short question costs; a range where the hour decides, "from" where the length does. */
export function sayPrice(t: Say, price: ShownPrice | null): string {
  if (price === null) return t('providers.price.unknown');
  const costs = [price, ...(price.otherwise === null ? [] : [price.otherwise])].map(
    ({ input, output }) => (question.input * input + question.output * output) / 1e6,
  );
  const { currency } = price;
  const amount = formatCost({ currency, low: Math.min(...costs), high: Math.max(...costs) });
  const said = t(price.variesByLength ? 'providers.price.from' : 'providers.price.question', { amount });
  const seen = price.stale ? ` · ${t('providers.price.stale', { day: price.on })}` : '';
  return said + (price.own ? ` · ${t('providers.price.own')}` : seen);
}
