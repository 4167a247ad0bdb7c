import type { LogWords } from '../log.ts';

export const logWords: LogWords = {
  save: 'Lưu nhật ký của trang này',
  about:
    'Thời điểm, kết nối, thiết bị và sự cố, cho người tìm nguyên nhân; không có lời nào của cuộc trò chuyện',
};
