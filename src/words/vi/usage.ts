import type { UsageWords } from '../usage.ts';

export const usageWords: UsageWords = {
  nothing: 'Chưa dùng gì.',
  free: 'Bộ máy nhúng chạy tại đây và không tốn phí.',
  inAll: 'Tổng cộng',
  tokens: (n) => `${n} token`,
  unpriced: (n) => `${n} lượt chưa có giá và không nằm trong tổng.`,
  kinds: {
    textIn: 'Văn bản vào',
    audioIn: 'Âm thanh vào',
    imageIn: 'Hình ảnh vào',
    cached: 'trong đó lấy từ bộ đệm',
    textOut: 'Văn bản ra',
    audioOut: 'Âm thanh ra',
    seconds: (s) => `${s} giây`,
  },
  savings: {
    title: 'Micrô của bạn',
    captured: 'Thu vào',
    sent: 'Gửi cho nhà cung cấp',
    saved: 'Không gửi',
    percent: (share) => `${share} %`,
    worth: 'Theo giá âm thanh vào',
    partlyFree: 'Nhà cung cấp cho biết họ không tính phí phần im lặng mà họ tự bỏ.',
  },
  turns: 'Theo lượt',
  turn: (n) => (n === 0 ? 'Trước khi bạn nói' : `Lượt ${n}`),
  noPrice: 'chưa có giá',
  prices: {
    title: 'Giá',
    model: 'Mô hình',
    perMillion: 'Đô la Mỹ cho một triệu token',
    listed: (date) =>
      `Giá niêm yết thu thập ngày ${date}; hợp đồng, khu vực và thời gian làm giá thay đổi.`,
    source: 'Bảng giá của nhà cung cấp',
    entered: 'Do bạn nhập',
    forget: 'Trở lại giá niêm yết',
    cachedNote:
      'Khi nhà cung cấp không cho biết phần nào lấy từ bộ đệm, văn bản được tính trước, nên tổng có thể hơi cao.',
    rates: {
      textIn: 'Văn bản vào',
      textCached: 'Văn bản vào, từ bộ đệm',
      textOut: 'Văn bản ra',
      audioIn: 'Âm thanh vào',
      audioCached: 'Âm thanh vào, từ bộ đệm',
      audioOut: 'Âm thanh ra',
      imageIn: 'Hình ảnh vào',
      imageCached: 'Hình ảnh vào, từ bộ đệm',
    },
  },
};
