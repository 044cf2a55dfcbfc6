import type { ProviderRow } from '../contract/provider.ts';
import type { SayWords } from './say-locator.ts';

const ns = 'window';

/**
 * Who may keep or learn from what is sent; what is not known is said to be. `short`: under a heading that says what it is
 * about; `whole`: as a sentence of its own.
 */
export function sayPolicy(
  t: SayWords,
  { policy, group }: Pick<ProviderRow, 'policy' | 'group'>,
  as: 'short' | 'whole' = 'short',
): string {
  if (group === 'own') return t('providers.policy.own', { ns });
  const { retentionDays, training, control } = policy;
  const kept =
    retentionDays === null
      ? t('providers.policy.keptUnknown', { ns })
      : t('providers.policy.kept', { ns, count: retentionDays });
  const learned = t(`providers.policy.training.${training ?? 'unknown'}`, { ns });
  const isUnknown = training === null && retentionDays === null;
  const asked =
    control === null || control === 'none' || control === 'own' ? '' : t(`providers.policy.control.${control}`, { ns });
  const unknown = t(as === 'short' ? 'providers.policy.notStated' : 'providers.policy.unknown', { ns });
  const said = isUnknown ? [unknown, asked] : [learned, kept, asked];
  return said.filter((part) => part !== '').join(t('providers.policy.between', { ns }));
}
