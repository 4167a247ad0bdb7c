import type { ProblemWords } from './problems.ts';

/** Every problem in Vietnamese. */
export const problemsInVietnamese: ProblemWords = {
  microphone_denied: {
    title: 'Micrô đang bị chặn',
    advice:
      'Hãy cho phép trang này dùng micrô ở thanh địa chỉ rồi thử lại. Bạn cũng có thể gõ tin nhắn.',
  },
  microphone_missing: {
    title: 'Không tìm thấy micrô',
    advice: 'Hãy cắm hoặc bật micrô rồi thử lại. Bạn cũng có thể gõ tin nhắn.',
  },
  microphone_busy: {
    title: 'Không mở được micrô',
    advice:
      'Có thể một chương trình khác đang dùng nó. Hãy đóng chương trình đó hoặc chọn micrô khác rồi thử lại.',
  },
  microphone_insecure: {
    title: 'Địa chỉ này không được phép dùng micrô',
    advice:
      'Trình duyệt chỉ cho dùng micrô qua https hoặc trên localhost. Hãy mở trang này ở một địa chỉ như vậy.',
  },
  microphone_ended: {
    title: 'Micrô đã ngừng hoạt động',
    advice: 'Micrô đã bị rút ra hoặc bị lấy mất. Hãy chọn micrô khác để nói tiếp.',
  },
  microphone_silent: {
    title: 'Micrô không thu được âm thanh nào',
    advice:
      'Ngay cả tiếng ồn cũng không có. Hãy kiểm tra xem micrô đã bật chưa, có bị tắt tiếng bằng phím hay nút riêng không, hoặc chọn micrô khác.',
  },
  microphone_unpublished: {
    title: 'Trợ lý không nghe được micrô',
    advice:
      'Micrô đang mở, nhưng âm thanh không gửi vào phòng được. Hãy thử lại; trong lúc đó bạn vẫn có thể gõ tin nhắn.',
  },
  detector_in_page: {
    title: 'Việc nói chen có thể chậm hơn',
    advice:
      'Bộ phát hiện giọng nói giờ chạy ngay trong trang này nên phải chờ mỗi khi trang bận. Tải lại trang có thể khắc phục được.',
  },
  detector_unavailable: {
    title: 'Việc nói chen bây giờ chậm hơn',
    advice:
      'Bộ phát hiện giọng nói không chạy được trong trang này. Trợ lý tự nhận ra bạn đang nói, chậm khoảng một giây; nút Ngắt lời và phím Escape vẫn có tác dụng ngay.',
  },
  token_invalid: {
    title: 'Máy chủ từ chối mã token này',
    advice: 'Token không được tạo bằng khóa của máy chủ này. Hãy tạo token mới rồi kết nối lại.',
  },
  token_expired: {
    title: 'Token này đã hết hạn',
    advice: 'Hãy tạo token mới rồi kết nối lại.',
  },
  token_malformed: {
    title: 'Đây không phải là token của phòng',
    advice:
      'Token LiveKit gồm ba phần cách nhau bằng dấu chấm và ghi tên một phòng. Hãy sao chép toàn bộ token.',
  },
  token_refused: {
    title: 'Máy chủ không cấp token',
    advice:
      'Máy chủ Parley này yêu cầu một khóa mà trang không có. Hãy hỏi người quản lý máy chủ, hoặc kết nối bằng token của riêng bạn.',
  },
  server_url_invalid: {
    title: 'Đây không phải là địa chỉ máy chủ',
    advice:
      'Địa chỉ LiveKit bắt đầu bằng wss:// (hoặc ws:// trên máy này), ví dụ ws://localhost:7880.',
  },
  server_unreachable: {
    title: 'Máy chủ không trả lời',
    advice: 'Hãy kiểm tra xem máy chủ có đang chạy và địa chỉ có đúng không, rồi thử lại.',
  },
  connection_lost: {
    title: 'Mất kết nối',
    advice: 'Mạng không trở lại kịp. Bản ghi cuộc trò chuyện vẫn được giữ; hãy thử lại.',
  },
  removed_from_room: {
    title: 'Bạn đã bị đưa ra khỏi phòng',
    advice:
      'Người quản lý phòng đã kết thúc lượt tham gia của bạn. Hãy bắt đầu lại để mở một phòng mới.',
  },
  duplicate_identity: {
    title: 'Cuộc trò chuyện này đã chuyển sang nơi khác',
    advice:
      'Cùng một người đã vào phòng từ thẻ hoặc thiết bị khác, và trợ lý hiện đang ở đó. Bạn có thể đưa cuộc trò chuyện trở lại trang này.',
  },
  room_closed: {
    title: 'Phòng đã đóng',
    advice: 'Hãy bắt đầu lại để mở phòng mới. Bản ghi cuộc trò chuyện vẫn được giữ.',
  },
  room_full: {
    title: 'Phòng đã đầy',
    advice:
      'Chỉ khi có người rời đi thì người khác mới vào được. Hãy thử lại lúc đó, hoặc dùng một phòng khác.',
  },
  assistant_absent: {
    title: 'Trợ lý chưa đến',
    advice:
      'Hiện chưa có ai trả lời trong phòng này. Hãy kiểm tra xem trợ lý có đang chạy không (npm start hoặc npm run agent); trang này vẫn tiếp tục chờ.',
  },
  sound_blocked: {
    title: 'Trình duyệt đang chặn âm thanh',
    advice: 'Hãy bấm nút để nghe trợ lý nói.',
  },
  speaker_unavailable: {
    title: 'Không phát được âm thanh ra loa đó',
    advice: 'Có thể loa đã bị rút ra. Loa mặc định được dùng thay thế.',
  },
  rate_limited: {
    title: 'Thử quá nhiều lần',
    advice: 'Máy chủ yêu cầu tạm nghỉ. Hãy đợi một phút rồi thử lại.',
  },
  message_not_sent: {
    title: 'Tin nhắn của bạn chưa được gửi',
    advice: 'Tin vẫn còn trong ô soạn; hãy gửi lại khi trợ lý có mặt.',
  },
  engine_unavailable: {
    title: 'Bộ máy giọng nói không trả lời',
    advice:
      'Lúc này trợ lý không nghe được gì. Bộ máy đang được khởi động lại; hãy thử lại sau vài giây.',
  },
  engine_restarted: {
    title: 'Bộ máy giọng nói vừa được khởi động lại',
    advice: 'Có thể đã mất một câu. Xin hãy nói lại.',
  },
  brain_unreachable: {
    title: 'Mô hình ngôn ngữ không trả lời',
    advice:
      'Hãy kiểm tra LLM_BASE_URL và xem máy chủ của mô hình có chạy không. Trong lúc đó các kỹ năng có sẵn sẽ trả lời.',
  },
  tool_failed: {
    title: 'Một công cụ bị lỗi',
    advice: 'Trợ lý tiếp tục mà không dùng công cụ đó.',
  },
  provider_refused: {
    title: 'Nhà cung cấp từ chối thông tin đăng nhập này',
    advice:
      'Hãy kiểm tra khóa trong môi trường của trợ lý, hoặc chọn nhà cung cấp khác trong phần cài đặt.',
  },
  provider_limited: {
    title: 'Nhà cung cấp đang quá tải',
    advice:
      'Họ yêu cầu tạm nghỉ. Hệ thống sẽ tự thử lại; nhà cung cấp khác có thể trả lời ngay bây giờ.',
  },
  provider_unreachable: {
    title: 'Nhà cung cấp không trả lời',
    advice: 'Hệ thống sẽ tự thử lại. Bạn có thể chọn nhà cung cấp khác trong phần cài đặt.',
  },
  provider_failed: {
    title: 'Nhà cung cấp báo lỗi',
    advice:
      'Cuộc trò chuyện vẫn được giữ. Hãy nói tiếp, hoặc chọn nhà cung cấp khác trong phần cài đặt.',
  },
  settings_refused: {
    title: 'Có một cài đặt không dùng được',
    advice:
      'Những cài đặt còn lại đã có hiệu lực. Phần cài đặt cho biết mục nào không dùng được và vì sao.',
  },
  storage_unavailable: {
    title: 'Trình duyệt này không lưu gì cả',
    advice: 'Bản ghi sẽ mất khi tải lại hoặc đóng trang. Nếu cần, hãy tải bản ghi về khi kết thúc.',
  },
  storage_full: {
    title: 'Bộ nhớ của trình duyệt đã đầy',
    advice:
      'Những gì nói từ giờ trở đi chỉ được giữ khi trang này còn mở. Hãy giải phóng chỗ trống, hoặc tải bản ghi về khi kết thúc.',
  },
  unknown: {
    title: 'Đã có lỗi xảy ra',
    advice: 'Hãy thử lại. Nếu lỗi lặp lại, nhật ký của máy chủ cho biết thêm.',
  },
};
