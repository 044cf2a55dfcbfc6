import { FileText, MessageSquare, TextSelect } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const examples = [
  ['select', TextSelect],
  ['drop', FileText],
  ['type', MessageSquare],
] as const;

/** Three ways to use Beckon, told once, under what can be done with the sample. */
export function Examples(): ReactNode {
  const { t } = useTranslation('overlay');
  return (
    <ul className="examples">
      <li className="examples-head">{t('examples.head')}</li>
      {examples.map(([name, Icon]) => (
        <li key={name}>
          <Icon size={16} strokeWidth={1.6} aria-hidden />
          <span>{t(`examples.${name}`)}</span>
          <small>{t(`examples.${name}Then`)}</small>
        </li>
      ))}
    </ul>
  );
}
