import { describe, expect, it } from 'vitest';
import type { KeyPress } from '../../../renderer/app/key-of.ts';
import { combinationOf } from '../../../renderer/overlay/commands/combination.ts';
import { acceleratorOf } from '../../../renderer/window/accelerator-of.ts';

const places = ['KeyC', 'KeyK', 'KeyL', 'KeyM', 'KeyN', 'KeyR', 'KeyZ', 'Comma', 'Period'] as const;
const meant = ['C', 'K', 'L', 'M', 'N', 'R', 'Z', ',', '.'] as const;

/** What keyboards without Latin letters write at those places. */
const keyboards: Readonly<Record<string, readonly string[]>> = {
  Russian: ['с', 'л', 'д', 'ь', 'т', 'к', 'я', 'б', 'ю'],
  Bulgarian: ['ъ', 'н', 'в', 'п', 'х', 'и', 'ю', 'р', 'л'],
  Greek: ['ψ', 'κ', 'λ', 'μ', 'ν', 'ρ', 'ζ', ',', '.'],
  Hebrew: ['ב', 'ל', 'ך', 'צ', 'מ', 'ר', 'ז', 'ת', 'ץ'],
  Arabic: ['ؤ', 'ن', 'م', 'ة', 'ى', 'ق', 'ئ', 'و', 'ز'],
  Persian: ['ز', 'ن', 'م', 'پ', 'د', 'ق', 'ظ', 'و', '.'],
  Thai: ['แ', 'า', 'ส', 'ท', 'ื', 'พ', 'ผ', 'ม', 'ใ'],
  Georgian: ['ც', 'კ', 'ლ', 'მ', 'ნ', 'რ', 'ზ', ',', '.'],
  Armenian: ['ց', 'կ', 'լ', 'մ', 'ն', 'ր', 'զ', '՝', '։'],
  Hindi: ['म', 'क', 'त', 'स', 'ल', 'ी', 'ॆ', ',', '.'],
  Korean: ['ㅊ', 'ㅏ', 'ㅣ', 'ㅡ', 'ㅜ', 'ㄱ', 'ㅋ', ',', '.'],
  'kana of Japanese': ['そ', 'の', 'り', 'も', 'み', 'す', 'つ', 'ね', 'る'],
  'nobody knows': places.map(() => 'Unidentified'),
};

function press(key: string, code: string, modifiers: Partial<KeyPress> = { ctrlKey: true }): KeyPress {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
}

describe('a shortcut', () => {
  it.each(Object.entries(keyboards))('is pressed at its place on a keyboard without Latin letters: %s', (_, keys) => {
    const pressed = keys.map((key, index) => combinationOf(press(key, places[index] ?? ''), 'linux'));
    expect(pressed).toEqual(meant.map((key) => `Ctrl+${key}`));
    expect(combinationOf(press(keys[5] ?? '', 'KeyR', { metaKey: true, shiftKey: true }), 'darwin')).toBe(
      'Ctrl+Shift+R',
    );
    if (keys[1] !== 'Unidentified') expect(acceleratorOf(press(keys[1] ?? '', 'KeyK'), 'linux')).toBe('Control+K');
  });

  it.each([
    ['AZERTY', 'z', 'KeyW', 'Ctrl+Z'],
    ['AZERTY', 'w', 'KeyZ', 'Ctrl+W'],
    ['AZERTY', 'm', 'Semicolon', 'Ctrl+M'],
    ['AZERTY', ',', 'KeyM', 'Ctrl+,'],
    ['QWERTZ', 'z', 'KeyY', 'Ctrl+Z'],
    ['QWERTZ', 'ö', 'Semicolon', 'Ctrl+Ö'],
    ['Dvorak', 'k', 'KeyV', 'Ctrl+K'],
    ['Dvorak', 'l', 'KeyP', 'Ctrl+L'],
    ['Dvorak', ',', 'KeyW', 'Ctrl+,'],
    ['Dvorak', '.', 'KeyE', 'Ctrl+.'],
    ['Turkish F', 'ü', 'KeyG', 'Ctrl+Ü'],
    ['Turkish F', 'ı', 'KeyR', 'Ctrl+I'],
    ['Turkish Q', 'i', 'Quote', 'Ctrl+I'],
    ['Swedish', 'å', 'BracketLeft', 'Ctrl+Å'],
  ])('is the letter on the key of a Latin one: %s %s', (_, key, code, combination) => {
    expect(combinationOf(press(key, code), 'linux')).toBe(combination);
  });

  it('is the same sign where a keyboard writes it with Shift', () => {
    expect(combinationOf(press('.', 'Comma', { ctrlKey: true, shiftKey: true }), 'linux')).toBe('Ctrl+.');
  });

  it('is none where AltGr writes a sign, which Windows tells as Ctrl and Alt', () => {
    const altGr = { ctrlKey: true, altKey: true, getModifierState: () => true };
    expect(combinationOf(press('ł', 'KeyL', altGr), 'win32')).toBe('Ł');
    expect(acceleratorOf(press('ł', 'KeyL', altGr), 'win32')).toBeNull();
    expect(acceleratorOf(press('l', 'KeyL', { ctrlKey: true, altKey: true }), 'win32')).toBe('Control+Alt+L');
  });

  it('chosen as a hotkey is the letter on the key, which is what systems take', () => {
    expect(acceleratorOf(press('a', 'KeyQ'), 'linux')).toBe('Control+A');
    expect(acceleratorOf(press('é', 'Digit2'), 'linux')).toBe('Control+2');
    expect(acceleratorOf(press('˚', 'KeyK', { altKey: true }), 'darwin')).toBe('Alt+K');
  });
});
