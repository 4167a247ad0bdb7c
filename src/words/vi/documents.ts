import type { DocumentWords } from '../documents.ts';

export const documentWords: DocumentWords = {
  title: 'Tài liệu trong cuộc trò chuyện này',
  add: 'Thêm tài liệu',
  about:
    'Văn bản hoặc Markdown tối đa 2 MB, PDF tối đa 8 MB. Trợ lý chỉ tra trong tài liệu ở cuộc trò chuyện này.',
  drop: 'Thả tài liệu vào đây',
  reading: 'đang đọc',
  passages: (n) => `${n} đoạn`,
  remove: (name) => `Bỏ ${name}`,
  dismiss: (name) => `Đóng thông báo về ${name}`,
  given: (name, n) => `Có thể hỏi về “${name}” (${n} đoạn).`,
  taken: (name) => `Đã bỏ “${name}”.`,
  obstacles: {
    kind: 'Không đọc được loại tệp này. Hãy dùng tệp văn bản, Markdown hoặc PDF.',
    size: 'Tệp lớn hơn 8 MB.',
    empty: 'Tệp trống.',
    count: 'Một cuộc trò chuyện nhận nhiều nhất tám tài liệu.',
    absent: 'Chưa có trợ lý nào ở đây để đọc.',
    failed: 'Không gửi được. Hãy thử lại.',
  },
};
