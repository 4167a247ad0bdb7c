/** Every popup carries this attribute, so that Escape can close it before it means anything else. */
export const overlayMark = { 'data-overlay': '' } as const;

export function isOverlayOpen(): boolean {
  return document.querySelector('[data-overlay][data-open]') !== null;
}
