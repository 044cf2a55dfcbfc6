import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface SwitchProps {
  readonly id: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** On or off, drawn as a switch; what it is called is the label's. */
export function Switch({ id, on, onChange }: SwitchProps): ReactNode {
  return (
    <input
      id={id}
      className="switch"
      type="checkbox"
      role="switch"
      aria-checked={on}
      checked={on}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

export interface Choice<Option extends string> {
  readonly value: Option;
  readonly name: string;
  readonly Icon?: LucideIcon;
}

export interface ChoicesProps<Option extends string> {
  readonly id: string;
  /** What is chosen; null where it is none of them. */
  readonly value: Option | null;
  readonly label: string;
  readonly choices: readonly Choice<Option>[];
  readonly onChange: (option: Option) => void;
}

/** Up to four that exclude each other, all in sight; arrows go through them. */
export function Segments<Option extends string>({
  id,
  value,
  label,
  choices,
  onChange,
}: ChoicesProps<Option>): ReactNode {
  return (
    <fieldset className="segments" aria-label={label}>
      {choices.map(({ value: option, name, Icon }, index) => (
        <label key={option} className={option === value ? 'segment at' : 'segment'}>
          <input
            id={index === 0 ? id : undefined}
            type="radio"
            name={id}
            value={option}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {Icon !== undefined && <Icon size={14} strokeWidth={1.6} aria-hidden />}
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** More than four, or an unknown number. */
export function Select<Option extends string>({ id, value, choices, onChange }: ChoicesProps<Option>): ReactNode {
  return (
    <select
      id={id}
      className="field select"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value as Option)}
    >
      {choices.map(({ value: option, name }) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  );
}
