/** The parts of a talk that the tour leads to, in its order. */
export const stops = [
  'state',
  'interrupt',
  'microphone',
  'mode',
  'sound',
  'message',
  'history',
  'settings',
] as const;

export type Stop = (typeof stops)[number];

/** What a part of the page carries so that the tour finds it. */
export function tourStop(stop: Stop): { readonly 'data-tour': Stop } {
  return { 'data-tour': stop };
}

/** Undefined where the page does not show it now. */
export function placeOf(stop: Stop): Element | undefined {
  const element = document.querySelector(`[data-tour="${stop}"]`);
  return element?.checkVisibility() ? element : undefined;
}
