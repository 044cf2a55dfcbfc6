import { EventEmitter } from 'node:events';
import type { Message, MessageBus } from '@jellybrick/dbus-next';
import { describe, expect, it } from 'vitest';
import { isAccessibilityOn, turnAccessibility } from '../../../desktop/atspi/accessibility-status.ts';

/** A session bus on which accessibility is on or off; `null`: nobody answers for it. */
function sessionWhere(isOn: boolean | null) {
  const at = { isOn, asked: [] as string[], open: 0 };
  const open = () => {
    at.open += 1;
    const call = async ({ destination, path, interface: name, member, body }: Message) => {
      at.asked.push(`${destination} ${path} ${name} ${member} ${body.slice(0, 2).join(' ')}`);
      if (at.isOn === null) throw new Error('no such name');
      if (member === 'Set') at.isOn = (body[2] as { readonly value: boolean }).value;
      return { body: [{ value: at.isOn }] };
    };
    const disconnect = () => {
      at.open -= 1;
    };
    return Object.assign(new EventEmitter(), { call, disconnect }) as unknown as MessageBus;
  };
  return { at, open };
}

describe('accessibility', () => {
  it('is turned on and off again where a session tells of it, and no connection stays open', async () => {
    const { at, open } = sessionWhere(false);
    expect(await isAccessibilityOn(open)).toBe(false);
    await turnAccessibility(true, open);
    expect(await isAccessibilityOn(open)).toBe(true);
    await turnAccessibility(false, open);
    expect(await isAccessibilityOn(open)).toBe(false);
    const properties = 'org.a11y.Bus /org/a11y/bus org.freedesktop.DBus.Properties';
    expect(at.asked[0]).toBe(`${properties} Get org.a11y.Status IsEnabled`);
    expect(at.asked[1]).toBe(`${properties} Set org.a11y.Status IsEnabled`);
    expect(at.open).toBe(0);
  });

  it('is not known, and cannot be turned, where nothing answers for it', async () => {
    const { at, open } = sessionWhere(null);
    expect(await isAccessibilityOn(open)).toBeNull();
    await expect(turnAccessibility(true, open)).rejects.toMatchObject({ code: 'capture/no-permission' });
    expect(at.open).toBe(0);
  });
});
