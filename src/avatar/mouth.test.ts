import { expect, it } from 'vitest';
import { shutMouth, SpokenMouth } from './mouth.ts';

const wideOpen = 2;
const spread = 6;

it('has the shape of what is heard, and is shut before and after', () => {
  const mouth = new SpokenMouth();
  mouth.told(wideOpen, 100);
  mouth.told(spread, 200);
  expect(mouth.at(undefined)).toEqual(shutMouth);
  expect(mouth.at(50)).toEqual(shutMouth);
  expect(mouth.at(150).open).toBeGreaterThan(0.8);
  expect(mouth.at(250).wide).toBeGreaterThan(0.8);
  expect(mouth.at(900)).toEqual(shutMouth);
});

it('keeps the next reply for its own sound', () => {
  const mouth = new SpokenMouth();
  mouth.told(wideOpen, 100);
  mouth.told(spread, 50);
  expect(mouth.at(150).open).toBeGreaterThan(0.8);
  mouth.at(undefined);
  expect(mouth.at(60).wide).toBeGreaterThan(0.8);
});

it('knows nothing any more of a reply that was cut', () => {
  const mouth = new SpokenMouth();
  mouth.told(wideOpen, 100);
  mouth.forget();
  expect(mouth.at(150)).toEqual(shutMouth);
  mouth.told(99, 0);
  expect(mouth.at(10)).toEqual(shutMouth);
});
