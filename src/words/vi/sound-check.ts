import type { SoundCheckWords } from '../sound-check.ts';

export const soundCheckWords: SoundCheckWords = {
  title: 'Kiểm tra âm thanh',
  begin: 'Kiểm tra micrô và loa',
  about: 'Mất khoảng một phút; không có gì rời khỏi trình duyệt này.',
  step: (n, of) => `Bước ${n} trên ${of}`,
  skip: 'Bỏ qua bước này',
  next: 'Tiếp theo',
  finish: 'Xong',
  titles: {
    voice: 'Nghe lại giọng của bạn',
    loudspeaker: 'Nghe trợ lý',
    room: 'Ngắt lời mà trợ lý không tự ngắt',
  },
  voice: {
    advice: 'Hãy nói một câu như khi nói với trợ lý. Bạn sẽ nghe lại ngay.',
    opening: 'Đang chờ micrô. Hãy cho phép nếu trình duyệt hỏi.',
    record: 'Ghi âm ba giây',
    again: 'Ghi âm lại',
    recording: 'Mời bạn nói',
    playing: 'Đây là những gì trợ lý sẽ nghe thấy',
    failed: 'Trình duyệt này không ghi âm được. Thanh ở trên cho biết micrô có hoạt động không.',
    tryAgain: 'Thử lại',
    loudness: {
      silent:
        'Không nghe thấy gì. Hãy chọn micrô khác, hoặc xem micrô có bị tắt không, rồi ghi âm lại.',
      faint: 'Giọng của bạn nhỏ. Hãy lại gần hơn, hoặc tăng âm lượng micrô trong cài đặt hệ thống.',
      good: 'Giọng của bạn to và rõ.',
      overdriven: 'Giọng của bạn quá to và bị rè. Hãy lùi ra xa, hoặc giảm âm lượng micrô.',
    },
  },
  loudspeaker: {
    advice: 'Hãy phát một giọng nói và chỉnh âm lượng để nghe rõ.',
    play: 'Phát giọng nói',
    playing: 'Đang phát',
    heard: 'Tôi nghe thấy',
    notHeard: 'Tôi không nghe thấy gì',
    failed: (reason) => `Không phát được: ${reason}`,
    help: 'Hãy chọn loa khác, tăng âm lượng ở đây và trên thiết bị, và xem thiết bị có bị tắt tiếng không. Tai nghe vừa kết nối có thể cần vài giây.',
    locked: 'Trình duyệt đang tắt âm thanh. Hãy nhấn “Phát giọng nói” lần nữa.',
  },
  room: {
    advice:
      'Trợ lý dừng lại khi bạn nói. Ở bước này, trang tìm hiểu xem trợ lý có nhầm giọng của chính mình, hoặc tiếng ồn trong phòng, với giọng của bạn không.',
    needsMicrophone: 'Bước này cần micrô, nhưng micrô chưa mở.',
  },
};
