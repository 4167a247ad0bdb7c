export { approvalWords } from './en/approval.ts';
