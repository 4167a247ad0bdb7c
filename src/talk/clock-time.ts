/** A duration in ms as minutes and seconds, with hours once there are any: `0:07`, `12:30`, `1:02:03`. */
export function clockTime(durationMs: number): string {
  const total = Math.floor(durationMs / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const twoDigits = (n: number): string => String(n).padStart(2, '0');
  const seconds = twoDigits(total % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}
