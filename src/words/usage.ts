export { usageWords } from './en/usage.ts';
