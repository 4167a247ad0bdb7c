import type { EmbedWords } from '../embed.ts';

export const embedWords: EmbedWords = {
  label: 'Trợ lý giọng nói',
  open: (label) => `Mở: ${label}`,
  close: 'Đóng',
  start: 'Bắt đầu nói chuyện',
  again: 'Nói chuyện tiếp',
  end: 'Kết thúc',
  empty: 'Bấm “Bắt đầu nói chuyện” rồi nói điều bạn muốn. Bạn có thể ngắt lời bất cứ lúc nào.',
  notLoaded: 'Không tải được một phần của trợ lý.',
};
