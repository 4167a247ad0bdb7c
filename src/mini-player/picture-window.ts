/** https://wicg.github.io/document-picture-in-picture/ */
interface DocumentPictureInPicture {
  requestWindow(size: { width: number; height: number }): Promise<Window>;
}

function pictureInPicture(): DocumentPictureInPicture | undefined {
  return (window as { documentPictureInPicture?: DocumentPictureInPicture })
    .documentPictureInPicture;
}

/** Chromium on a desktop has it; no other browser does. */
export function hasPictureWindow(): boolean {
  return pictureInPicture() !== undefined;
}

/**
 * Opens a window that stays above all others, dressed as this page is. Call it in a click. Sizes in px. Rejects where the
 * browser refuses.
 */
export async function openPictureWindow(width: number, height: number): Promise<Window> {
  const pictures = pictureInPicture();
  if (!pictures) throw new Error('This browser has no window for it.');
  const picture = await pictures.requestWindow({ width, height });
  for (const style of document.querySelectorAll('link[rel=stylesheet], style')) {
    picture.document.head.append(style.cloneNode(true));
  }
  followRoot(picture);
  return picture;
}

/** Theme and language of the page are attributes of its root. */
function followRoot(picture: Window): void {
  const from = document.documentElement;
  const to = picture.document.documentElement;
  const follow = (): void => {
    to.lang = from.lang;
    if (from.dataset.theme !== undefined) to.dataset.theme = from.dataset.theme;
  };
  const observer = new MutationObserver(follow);
  observer.observe(from, { attributeFilter: ['data-theme', 'lang'] });
  picture.addEventListener('pagehide', () => observer.disconnect(), { once: true });
  follow();
}
