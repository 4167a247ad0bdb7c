import { Decimal } from 'decimal.js';
import { money } from '../../words/formats.ts';

// Its own copy, with room for the largest table: every product of what a person can enter is exact.
const Exact = Decimal.clone({ precision: 60 });

export const daysInMonth = 30;

interface TokenPrice {
  /** US dollars for a million tokens. */
  readonly perMillion: string;
  readonly tokensPerSecond: string;
}

/** Whether a text can be counted with: a plain number, not below 0 and not beyond any price or day. */
export function isAmount(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text.trim());
}

/** Tokens that a length of sound counts for; whole tokens, as they are charged. */
export function tokensOf(soundS: Decimal.Value, { tokensPerSecond }: TokenPrice): Decimal {
  return new Exact(soundS).times(tokensPerSecond).round();
}

export function costOfTokens(tokens: Decimal.Value, { perMillion }: TokenPrice): Decimal {
  return new Exact(tokens).times(perMillion).dividedBy(1_000_000);
}

export function costOfCalls(calls: Decimal.Value, perThousand: string): Decimal {
  return new Exact(calls).times(perThousand).dividedBy(1000);
}

export interface MonthOfSound {
  readonly whole: Decimal;
  /** With `silentShare` of it left out. */
  readonly cut: Decimal;
  readonly saved: Decimal;
  readonly tokensSaved: Decimal;
}

/** What 30 days of `minutesADay` cost, with and without their silence (0 to 1). */
export function monthOfSound(
  minutesADay: string,
  silentShare: number,
  price: TokenPrice,
): MonthOfSound {
  const seconds = new Exact(minutesADay).times(60 * daysInMonth);
  const all = tokensOf(seconds, price);
  const kept = tokensOf(seconds.times(new Exact(1).minus(silentShare)), price);
  const whole = costOfTokens(all, price);
  const cut = costOfTokens(kept, price);
  return { whole, cut, saved: whole.minus(cut), tokensSaved: all.minus(kept) };
}

/** Money as a person reads it: cents, and two digits more below ten of them. */
export function dollars(amount: Decimal): string {
  const digits = amount.isZero() || amount.greaterThanOrEqualTo(0.1) ? 2 : 4;
  return money(amount.toDecimalPlaces(digits).toNumber(), digits);
}
