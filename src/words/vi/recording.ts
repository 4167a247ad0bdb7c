import type { RecordingWords } from '../recording.ts';

export const recordingWords: RecordingWords = {
  title: 'Ghi âm',
  record: 'Ghi âm cuộc trò chuyện này',
  recordNote: (perMinute) =>
    `Giọng của bạn và của trợ lý, đúng như được nghe, khoảng ${perMinute} mỗi phút. Lưu trong trình duyệt này cùng cuộc trò chuyện, không gửi đi đâu cả. Hãy hỏi ý những người khác có thể bị ghi âm.`,
  always: 'Ghi âm những cuộc trò chuyện sau',
  alwaysNote: 'Cả hai giọng, từ đầu mỗi cuộc, chỉ trong trình duyệt này.',
  on: 'Đang ghi âm',
  here: 'chỉ trong trình duyệt này',
  stop: 'Dừng ghi âm',
  dismiss: 'Ẩn',
  stopped: {
    full: 'Không ghi âm nữa: trình duyệt còn quá ít chỗ. Cuộc trò chuyện vẫn tiếp tục, và phần đã ghi vẫn được giữ.',
    unsupported: 'Không ghi âm: trình duyệt này không ghi âm được.',
    not_kept: 'Không ghi âm: bạn đã chọn không lưu các cuộc trò chuyện.',
  },
  failed: (reason) =>
    `Không ghi âm nữa: trình duyệt từ chối (${reason}). Cuộc trò chuyện vẫn tiếp tục.`,
  replay: 'Âm thanh đã ghi',
  sound: 'Âm thanh',
  place: (at, length) => `${at} trên ${length}`,
  play: 'Phát',
  pause: 'Tạm dừng',
  playFrom: (time) => `Phát từ ${time}`,
  back: 'Lùi 10 giây',
  on10: 'Tiến 10 giây',
  speed: (times) => `Tốc độ: ${times}×`,
  times: (times) => `${times}×`,
  save: 'Lưu âm thanh thành tệp',
  remove: 'Chỉ xóa âm thanh',
  removed: 'Đã xóa âm thanh của cuộc trò chuyện này.',
  opening: 'Đang đọc âm thanh',
  unreadable: 'Không phát được âm thanh này.',
  has: 'Có âm thanh',
};
