import { describe, expect, it } from 'vitest';
import { type ErrorAction, errorActions } from '../../../contract/errors.ts';
import { takeStep } from '../../../renderer/answer/take-step.ts';

function taken(step: ErrorAction): readonly string[] {
  const steps: string[] = [];
  const take = (name: string) => () => void steps.push(name);
  takeStep(step, {
    goOn: take('goOn'),
    again: take('again'),
    openModels: take('openModels'),
    openSettings: take('openSettings'),
    openUsage: take('openUsage'),
    newChat: take('newChat'),
    editQuestion: take('editQuestion'),
    copy: take('copy'),
    restart: take('restart'),
    look: take('look'),
  });
  return steps;
}

describe('the next step of an error, in both windows', () => {
  it('edits the question that was too long, where the main window opened the settings', () => {
    expect(taken('shorten')).toEqual(['editQuestion']);
  });

  it('starts core again where the error says so, where the main window opened the settings', () => {
    expect(taken('restart')).toEqual(['restart']);
  });

  it('is one thing for each, and opens the settings for what is set there alone', () => {
    for (const step of errorActions) expect(taken(step), step).toHaveLength(step === 'understood' ? 0 : 1);
    const opening = errorActions.filter((step) => taken(step).includes('openSettings'));
    expect(opening).toEqual(['choose-hotkey', 'open-settings']);
  });
});
