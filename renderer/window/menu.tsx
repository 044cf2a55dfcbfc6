import type { LucideIcon } from 'lucide-react';
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useMirror } from '../app/backend.ts';
import { Key } from '../ui/key.tsx';

export interface MenuItem {
  readonly id: string;
  readonly name: string;
  readonly icon?: LucideIcon;
  readonly keys?: string;
  /** A few words at the right. */
  readonly about?: string;
  /** What it costs or changes, under its name. */
  readonly note?: string;
  /** Set for one of several that exclude each other. */
  readonly isChosen?: boolean;
  readonly danger?: boolean;
  /** A line is drawn above it. */
  readonly apart?: boolean;
  readonly run: () => void;
}

/** Where a menu opens, in CSS pixels of the window. Anchored to a button, it opens beside it. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  /** It ends at `y` in place of beginning there. */
  readonly up?: boolean;
  /** It ends at `x`. */
  readonly left?: boolean;
}

export interface MenuProps {
  readonly label: string;
  readonly place: MenuPlace;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

const edge = 8;

/** A menu: arrows go through it, Enter takes, Escape leaves; what had the keyboard before gets it back. */
export function Menu({ label, place, items, onClose }: MenuProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const platform = useMirror('shell')?.platform ?? 'linux';
  usePlace(element, place, items.length);
  useFocus(element, onClose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab' || event.key === 'Escape') onClose();
    else if (!move(element.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return createPortal(
    <div ref={element} className="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
      {items.map(({ id, name, icon: Icon, keys, about, note, isChosen, danger, apart, run }) => (
        <Fragment key={id}>
          {apart && <hr />}
          {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: it is of the role for which it is given */}
          <button
            type="button"
            className={danger ? 'menu-item danger' : 'menu-item'}
            role={isChosen === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={isChosen}
            tabIndex={-1}
            onClick={() => {
              onClose();
              run();
            }}
            onPointerMove={(event) => event.currentTarget.focus()}
          >
            {Icon !== undefined && <Icon size={14} strokeWidth={1.6} aria-hidden />}
            <span className="menu-name">{name}</span>
            {about !== undefined && <span className="dim small">{about}</span>}
            {keys !== undefined && <Key keys={keys} platform={platform} />}
            {note !== undefined && <span className="menu-note">{note}</span>}
          </button>
        </Fragment>
      ))}
    </div>,
    // Within the landmark that it belongs to.
    document.querySelector('main') ?? document.body,
  );
}

/** Never off the window. */
function usePlace(element: React.RefObject<HTMLDivElement | null>, { x, y, up, left }: MenuPlace, count: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is as tall as its entries are many
  useLayoutEffect(() => {
    const menu = element.current;
    if (menu === null) return;
    const { offsetWidth: width, offsetHeight: height } = menu;
    const within = (at: number, size: number, most: number) => Math.max(edge, Math.min(at, most - size - edge));
    menu.style.left = `${within(left ? x - width : x, width, window.innerWidth)}px`;
    menu.style.top = `${within(up ? y - height : y, height, window.innerHeight)}px`;
  }, [element, x, y, up, left, count]);
}

function useFocus(element: React.RefObject<HTMLDivElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    const menu = element.current;
    const first = menu?.querySelector<HTMLElement>('[aria-checked=true]') ?? menu?.querySelector('button');
    first?.focus();
    const onAway = (event: Event) => {
      if (!(event.target instanceof Node) || !menu?.contains(event.target)) close.current();
    };
    const onBlur = () => close.current();
    document.addEventListener('pointerdown', onAway, true);
    window.addEventListener('blur', onBlur);
    // What it stands beside is elsewhere then.
    window.addEventListener('resize', onBlur);
    return () => {
      document.removeEventListener('pointerdown', onAway, true);
      window.removeEventListener('blur', onBlur);
      window.removeEventListener('resize', onBlur);
      // What an entry of it did may have moved the keyboard on purpose.
      if (
        before instanceof HTMLElement &&
        (document.activeElement === document.body || menu?.contains(document.activeElement))
      )
        before.focus();
    };
  }, [element]);
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

function move(menu: HTMLElement | null, key: string): boolean {
  const buttons = [...(menu?.querySelectorAll('button') ?? [])];
  const step = steps[key];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = key === 'Home' ? 0 : key === 'End' ? buttons.length - 1 : step === undefined ? null : at + step;
  if (to === null) return false;
  buttons[(to + buttons.length) % buttons.length]?.focus();
  return true;
}

/** The place under a button, or above it where it stands low. */
export function placeAt(button: Element): MenuPlace {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const isLow = top > window.innerHeight / 2;
  const isRight = left > window.innerWidth / 2;
  return { x: isRight ? right : left, y: isLow ? top - 4 : bottom + 4, up: isLow, left: isRight };
}
