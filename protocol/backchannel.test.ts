import { describe, expect, it } from 'vitest';
import { isBackchannel } from './backchannel.ts';

describe('a sign of listening', () => {
  it.each(['Mm-hm.', 'Uh-huh', 'Yeah, okay.', 'Okay… right', 'Hm?', '', '…'])('is “%s”', (text) =>
    expect(isBackchannel(text)).toBe(true),
  );

  it.each(['Stop.', 'No', 'Okay, stop.', 'Right now', 'Yeah yeah yeah yeah yeah', "I'm here"])(
    'is not “%s”',
    (text) => expect(isBackchannel(text)).toBe(false),
  );
});
