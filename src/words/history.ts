export { historyWords } from './en/history.ts';
