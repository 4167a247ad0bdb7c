import type { ApprovalWords } from '../approval.ts';

export const approvalWords: ApprovalWords = {
  title: 'Cho phép chạy công cụ này?',
  from: (server, tool) => `${server} cung cấp “${tool}”; trợ lý muốn dùng công cụ này.`,
  input: 'Với',
  noInput: 'Không có gì',
  once: 'Cho phép một lần',
  conversation: 'Cho phép trong cuộc trò chuyện này',
  no: 'Không',
  time: 'Không trả lời trong một phút nghĩa là không.',
  more: (n) => `Còn ${n} câu hỏi nữa.`,
};
