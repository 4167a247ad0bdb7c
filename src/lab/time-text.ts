import { fixed } from '../words/formats.ts';

/** Such as 0:07, 12:30 or 1:02:30. */
export function clock(ms: number): string {
  const s = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(s / 60) % 60;
  const hours = Math.floor(s / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
}

/** A share of the whole as whole percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A time in seconds, to the millisecond. */
export function seconds(ms: number): string {
  return fixed(ms / 1000, 3);
}
