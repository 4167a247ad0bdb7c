import type { TourWords } from '../tour.ts';

export const tourWords: TourWords = {
  back: 'Quay lại',
  next: 'Tiếp theo',
  done: 'Xong',
  place: (place, count) => `${place} trên ${count}`,
  stops: {
    state: {
      title: 'Trợ lý đang làm gì',
      text: 'Trợ lý nghe, nghĩ hoặc nói. Bạn cứ nói; trợ lý trả lời khi bạn nói xong.',
    },
    interrupt: {
      title: 'Chen lời',
      text: 'Bạn lên tiếng lúc nào, trợ lý im ngay lúc đó. Nút này cũng làm vậy mà không cần nói.',
    },
    microphone: {
      title: 'Micrô của bạn',
      text: 'Các vạch chuyển động khi trợ lý nghe thấy bạn. Nhấn để tắt, nhấn lần nữa để nói tiếp.',
    },
    mode: {
      title: 'Cách nói chuyện',
      text: 'Nói tự nhiên, giữ phím trong lúc nói, hoặc chỉ hiện phụ đề mà không trả lời.',
    },
    sound: {
      title: 'Âm thanh',
      text: 'Chọn micrô và loa, và trợ lý nhường lời nhanh đến mức nào.',
    },
    message: {
      title: 'Viết thay vì nói',
      text: 'Tin nhắn và lời nói có thể xen kẽ. Gửi tin nhắn cũng là chen lời.',
    },
    history: {
      title: 'Mọi thứ đều được giữ',
      text: 'Đọc, tìm và tiếp tục những cuộc trò chuyện trước. Chúng ở lại trong trình duyệt này.',
    },
    settings: {
      title: 'Cài đặt',
      text: 'Ai trả lời, giọng và ngôn ngữ nào, và trợ lý được làm gì.',
    },
  },
};
