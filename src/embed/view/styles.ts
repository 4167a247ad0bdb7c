import tokens from '../../design/tokens.css?raw';
import own from './embed.css?inline';

let sheet: CSSStyleSheet | undefined;

/**
 * The styles of every assistant in the page: the colours of Parley's own page and a sheet of its own. Made by script, since a
 * strict content security policy of the site refuses style elements.
 */
export function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    // A shadow root has no `:root`; the frame in it takes its place.
    sheet.replaceSync(tokens.replaceAll(':root', '.parley') + own);
  }
  return sheet;
}
