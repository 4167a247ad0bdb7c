import type { PhoneWords } from '../phone.ts';

export const phoneWords: PhoneWords = {
  small: 'Cửa sổ nhỏ',
  offline: {
    title: 'Bạn đang ngoại tuyến',
    advice: 'Trò chuyện cần có mạng. Phòng thử giọng nói vẫn dùng được khi không có mạng.',
    lab: 'Mở phòng thử giọng nói',
  },
  update: {
    title: 'Đã có phiên bản mới',
    advice: 'Phiên bản này được dùng khi trang tải lại.',
    use: 'Tải ngay',
    later: 'Để sau',
  },
};
