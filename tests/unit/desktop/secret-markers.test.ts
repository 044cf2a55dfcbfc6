import { describe, expect, it } from 'vitest';
import { isSecretMarker } from '../../../desktop/secret-markers.ts';
import { contentOf } from '../../../desktop/wayland/offered-types.ts';
import { secretMarkers } from '../../support/secret-markers.ts';

describe('a mark of a secret', () => {
  it.each(secretMarkers)('is known by its name, in any spelling that another system gives it: %s', (name) => {
    for (const form of [name, name.toLowerCase(), `application/x-${name.toLowerCase().replaceAll(' ', '-')}`])
      expect([form, isSecretMarker(form)]).toEqual([form, true]);
    expect(contentOf(['UTF8_STRING', name])).toBe('secret');
  });

  it('is nothing that content is called', () => {
    const names = ['UTF8_STRING', 'text/html', 'image/png', 'TARGETS', 'text/uri-list', 'x-special/gnome-copied-files'];
    expect(names.filter(isSecretMarker)).toEqual([]);
  });
});
