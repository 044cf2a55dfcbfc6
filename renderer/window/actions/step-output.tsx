import { Pin, PinOff, Play } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownValue } from '../../../contract/atom-edit.ts';
import { showHidden } from '../../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../../text/language.ts';
import { useSayError } from '../../answer/say-error.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { fromLines, type Made, type Output, toLines } from './trial-state.ts';

export interface StepOutputProps {
  readonly at: number;
  readonly output: Output | undefined;
  readonly isPinned: boolean;
  readonly onPin: (value: ShownValue | null) => void;
  readonly onRunFrom: () => void;
}

/** What a step came to on the sample; it can be kept, or changed and gone on with. */
export function StepOutput({ at, output, isPinned, onPin, onRunFrom }: StepOutputProps): ReactNode {
  const { t } = useTranslation('editor');
  const sayError = useSayError();
  if (output === undefined) return null;
  if (output.status === 'made') return <MadeView {...{ at, isPinned, onPin, onRunFrom }} made={output} />;
  if (output.status === 'failed') return <p className="step-output refusal">{sayError(output.error)}</p>;
  if (output.status !== 'working') return <p className="step-output small dim">{t(`result.${output.status}`)}</p>;
  const { text, done, total } = output;
  return (
    <div className="step-output" aria-busy="true">
      <p className="small dim">{total > 0 ? t('result.each', { done, total }) : t('result.working')}</p>
      {text !== '' && <Words text={text} label={t('result.label', { number: at + 1 })} />}
    </div>
  );
}

interface MadeViewProps extends Omit<StepOutputProps, 'output'> {
  readonly made: Made;
}

function MadeView({ at, made, isPinned, onPin, onRunFrom }: MadeViewProps): ReactNode {
  const { t } = useTranslation('editor');
  const [editing, setEditing] = useState<string | null>(null);
  const lines = made.isWhole ? toLines(made.value) : null;
  const label = t('result.label', { number: at + 1 });
  const take = () => {
    if (editing !== null) onPin(fromLines(editing, made.value.type));
    setEditing(null);
  };
  return (
    <div className={`step-output${isPinned ? ' pinned' : ''}`}>
      <div className="output-line small dim">
        <Facts made={made} isPinned={isPinned} />
        {editing === null && <OutputButtons {...{ made, isPinned, lines, onPin, onRunFrom, onEdit: setEditing }} />}
      </div>
      {editing === null ? (
        <ValueView value={made.value} label={label} />
      ) : (
        <EditOutput text={editing} onChange={setEditing} onTake={take} onCancel={() => setEditing(null)} />
      )}
      {!made.isWhole && <p className="small dim">{t('result.cutShort')}</p>}
    </div>
  );
}

function Facts({ made, isPinned }: { readonly made: Made; readonly isPinned: boolean }): ReactNode {
  const { t } = useTranslation('editor');
  const { value, size, ms, modelName, host } = made;
  const unit = value.type === 'text' ? 'characters' : value.type === 'list' ? 'items' : 'rows';
  const time = ms < 1000 ? t('result.ms', { ms }) : t('result.seconds', { seconds: Math.round(ms / 100) / 10 });
  const who = [modelName, host].filter((one) => one !== null);
  const facts = [t(`result.${unit}`, { count: size }), ...(isPinned ? [t('result.pinned')] : [time]), ...who];
  return <span className="numbers output-facts">{facts.join(' · ')}</span>;
}

interface OutputButtonsProps {
  readonly made: Made;
  readonly isPinned: boolean;
  readonly lines: string | null;
  readonly onPin: (value: ShownValue | null) => void;
  readonly onRunFrom: () => void;
  readonly onEdit: (text: string) => void;
}

function OutputButtons({ made, isPinned, lines, onPin, onRunFrom, onEdit }: OutputButtonsProps): ReactNode {
  const { t } = useTranslation('editor');
  const pinName = t(isPinned ? 'result.unpin' : 'result.pin');
  const PinIcon = isPinned ? PinOff : Pin;
  return (
    <span className="output-buttons">
      {lines !== null && (
        <button type="button" className="text-button small" onClick={() => onEdit(lines)}>
          {t('result.edit')}
        </button>
      )}
      {made.isWhole && (
        <button
          type="button"
          className="icon-button"
          aria-label={pinName}
          aria-pressed={isPinned}
          title={pinName}
          onClick={() => onPin(isPinned ? null : made.value)}
        >
          <PinIcon size={14} strokeWidth={1.6} aria-hidden />
        </button>
      )}
      <IconButton name={t('result.runFrom')} icon={Play} size={14} onPress={onRunFrom} />
    </span>
  );
}

interface EditOutputProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onTake: () => void;
  readonly onCancel: () => void;
}

function EditOutput({ text, onChange, onTake, onCancel }: EditOutputProps): ReactNode {
  const { t } = useTranslation('editor');
  return (
    <>
      <textarea
        className="field output-edit"
        aria-label={t('result.editing')}
        rows={Math.min(10, Math.max(3, text.split('\n').length))}
        value={text}
        lang={glyphLanguageOf(text)}
        dir="auto"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="more">
        <button type="button" className="button" onClick={onTake}>
          {t('result.goOn')}
        </button>
        <button type="button" className="button plain" onClick={onCancel}>
          {t('result.cancel')}
        </button>
      </div>
    </>
  );
}

const mostItems = 200;

function ValueView({ value, label }: { readonly value: ShownValue; readonly label: string }): ReactNode {
  if (value.type === 'text') return <Words text={value.text} label={label} />;
  if (value.type === 'list')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
      <ol className="output-value" tabIndex={0} aria-label={label}>
        {value.items.slice(0, mostItems).map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items may be the same, and their place is all they are known by
          <li key={index} lang={glyphLanguageOf(item)} dir="auto">
            {showHidden(item)}
          </li>
        ))}
      </ol>
    );
  return <TableView rows={value.rows} label={label} />;
}

function TableView({ rows, label }: { readonly rows: readonly (readonly string[])[]; readonly label: string }) {
  const [head = [], ...body] = rows;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
    <section className="output-value" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
              <th key={index}>{showHidden(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.slice(0, mostItems).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
            <tr key={index}>
              {row.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
                <td key={place}>{showHidden(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Words({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the keys that scroll it
    <section className="output-value words" tabIndex={0} aria-label={label} lang={glyphLanguageOf(text)} dir="auto">
      {showHidden(text)}
    </section>
  );
}
