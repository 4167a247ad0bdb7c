import { save } from '../../saving/save.ts';

/** Saves an SVG of the page as a file, with the colours of the theme in the place of their names. */
export function savePlot(elementId: string, fileName: string): void {
  const element = document.getElementById(elementId);
  if (!element) return;
  const style = getComputedStyle(element);
  const svg = new XMLSerializer()
    .serializeToString(element)
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  save(fileName, new Blob([svg], { type: 'image/svg+xml' }));
}
