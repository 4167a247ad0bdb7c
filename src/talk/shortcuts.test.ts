import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const press = (key: string, more: object = {}) => ({
  key,
  repeat: false,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const free = { typing: false, overlayOpen: false, singleKeys: true };

describe('shortcutOf', () => {
  it('knows its four keys', () => {
    expect(shortcutOf(press('m'), free)).toBe('mute');
    expect(shortcutOf(press('M'), free)).toBe('mute');
    expect(shortcutOf(press('v'), free)).toBe('detector');
    expect(shortcutOf(press('/'), free)).toBe('message');
    expect(shortcutOf(press('Escape'), free)).toBe('interrupt');
    expect(shortcutOf(press('x'), free)).toBeUndefined();
  });

  it('leaves letters to whoever types, and still lets Escape interrupt', () => {
    const typing = { ...free, typing: true };
    expect(shortcutOf(press('m'), typing)).toBeUndefined();
    expect(shortcutOf(press('/'), typing)).toBeUndefined();
    expect(shortcutOf(press('Escape'), typing)).toBe('interrupt');
  });

  it('leaves every key to an open popup, so that Escape closes it first', () => {
    expect(shortcutOf(press('Escape'), { ...free, overlayOpen: true })).toBeUndefined();
  });

  it('takes no key with a modifier, held down, or inside a composition', () => {
    for (const more of [
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { repeat: true },
      { isComposing: true },
    ]) {
      expect(shortcutOf(press('m', more), free)).toBeUndefined();
    }
  });

  it('keeps only Escape once single keys are switched off', () => {
    const off = { ...free, singleKeys: false };
    expect(shortcutOf(press('m'), off)).toBeUndefined();
    expect(shortcutOf(press('Escape'), off)).toBe('interrupt');
  });
});
