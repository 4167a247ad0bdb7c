import { expect, it } from 'vitest';
import { isTalkKey } from './keys.ts';

const space = { key: ' ', ctrlKey: false, metaKey: false, altKey: false };
const nowhere = { typing: false, overlayOpen: false, onControl: false };

it('takes the space bar for talking', () => {
  expect(isTalkKey(space, nowhere)).toBe(true);
  expect(isTalkKey({ ...space, key: 'a' }, nowhere)).toBe(false);
  expect(isTalkKey({ ...space, ctrlKey: true }, nowhere)).toBe(false);
});

it('leaves it to whatever else it is meant for', () => {
  expect(isTalkKey(space, { ...nowhere, typing: true })).toBe(false);
  expect(isTalkKey(space, { ...nowhere, overlayOpen: true })).toBe(false);
  expect(isTalkKey(space, { ...nowhere, onControl: true })).toBe(false);
});
