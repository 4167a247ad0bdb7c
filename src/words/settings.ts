export { settingsWords } from './en/settings.ts';
