export { words } from './en/page.ts';
