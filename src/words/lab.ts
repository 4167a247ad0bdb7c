export { labWords, problemText } from './en/lab.ts';
