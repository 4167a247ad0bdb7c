export { bargeInWords } from './en/barge-in.ts';
