import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { glyphLanguageOf } from '../../../text/language.ts';
import { type Doc, type Language, otherLanguage, textIn, withText } from './doc.ts';

export interface BothFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly isLong: boolean;
  readonly isReadOnly: boolean;
  readonly fault: string | null;
  readonly className?: string;
  readonly onChange: (value: Doc, language: Language) => void;
}

/** A text in both languages: one is enough, the other says the same until it is given. */
export function BothField({ label, value, onChange, fault, ...rest }: BothFieldProps): ReactNode {
  const { t, i18n } = useTranslation('editor');
  const language: Language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const other = otherLanguage[language];
  const isTwo = textIn(value, language) !== textIn(value, other);
  const [isOpen, setOpen] = useState(false);
  const put = (one: Language) => (text: string) => onChange(withText(value, one, text), one);
  const otherLabel = t('inOther', { language: t(`language.${other}`) });
  return (
    <div className="both">
      <TextField label={label} text={textIn(value, language)} fault={fault} onChange={put(language)} {...rest} />
      {isTwo || isOpen ? (
        <TextField
          {...rest}
          label={`${label} · ${t(`language.${other}`)}`}
          text={textIn(value, other)}
          fault={null}
          onChange={(text) => onChange({ ...withText(value, other, text), [language]: textIn(value, language) }, other)}
        />
      ) : (
        !rest.isReadOnly && (
          <button type="button" className="text-button small" onClick={() => setOpen(true)}>
            {otherLabel}
          </button>
        )
      )}
    </div>
  );
}

export interface TextFieldProps {
  readonly label: string;
  readonly text: string;
  readonly isLong: boolean;
  readonly isReadOnly: boolean;
  readonly fault: string | null;
  readonly isCode?: boolean;
  readonly className?: string;
  readonly placeholder?: string;
  readonly onChange: (text: string) => void;
}

/** One text with its name above and what is wrong with it below. */
export function TextField(props: TextFieldProps): ReactNode {
  const { label, text, isLong, isReadOnly, fault, isCode = false, className = '', placeholder, onChange } = props;
  const id = useId();
  const shared = {
    id,
    value: text,
    readOnly: isReadOnly,
    placeholder,
    lang: glyphLanguageOf(text),
    dir: 'auto',
    spellCheck: false,
    'aria-invalid': fault !== null || undefined,
    'aria-describedby': fault === null ? undefined : `${id}-fault`,
  } as const;
  const names = `field${isCode ? ' code' : ''}`;
  return (
    <div className={`step-field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {isLong ? (
        <textarea
          {...shared}
          className={names}
          rows={Math.min(8, Math.max(2, text.split('\n').length, Math.ceil(text.length / 70)))}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <input {...shared} className={names} onChange={(event) => onChange(event.target.value)} />
      )}
      {fault !== null && (
        <p className="refusal" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
