import { Search, X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../app/backend.ts';
import { Key } from '../ui/key.tsx';

export interface SearchFieldProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly label: string;
  readonly onChange: (query: string) => void;
}

/** A field that searches what the page shows, with the key that leads to it. */
export function SearchField({ input, query, label, onChange }: SearchFieldProps): ReactNode {
  const { t } = useTranslation('window');
  const platform = useMirror('shell')?.platform ?? 'linux';
  return (
    <div className="search-field">
      <Search size={14} strokeWidth={1.6} aria-hidden />
      <input
        ref={input}
        className="field"
        type="search"
        value={query}
        placeholder={label}
        aria-label={label}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {query === '' ? (
        <span className="search-keys" aria-hidden>
          <Key keys="Ctrl+F" platform={platform} />
        </span>
      ) : (
        <button
          type="button"
          className="search-clear"
          aria-label={t('clear')}
          title={t('clear')}
          onClick={() => onChange('')}
        >
          <X size={13} strokeWidth={1.8} aria-hidden />
        </button>
      )}
    </div>
  );
}
