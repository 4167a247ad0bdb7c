import type { PageToolWords } from '../page-tools.ts';

export const pageToolWords: PageToolWords = {
  asks: {
    get_location: {
      title: 'Cho trợ lý biết bạn đang ở đâu?',
      description: 'Trình duyệt có thể cũng sẽ hỏi bạn. Câu trả lời được gửi đến bên trả lời bạn.',
    },
    open_link: {
      title: 'Mở trang này?',
      description: 'Trang mở trong thẻ mới và không biết gì về cuộc trò chuyện này.',
    },
    copy_text: {
      title: 'Cho phép sao chép?',
      description: 'Nội dung này thay cho những gì đang có trong bộ nhớ tạm của bạn.',
    },
    set_theme: {
      title: 'Cho phép đổi giao diện trang?',
      description: 'Bạn có thể đổi lại ở đầu trang.',
    },
    show_table: {
      title: 'Cho phép hiện một bảng?',
      description: 'Bảng được đặt vào bản ghi.',
    },
    show_chart: {
      title: 'Cho phép hiện một biểu đồ?',
      description: 'Biểu đồ được đặt vào bản ghi.',
    },
    show_image: {
      title: 'Cho phép hiện một hình vẽ?',
      description: 'Hình được đặt vào bản ghi. Không tải thêm gì từ mạng.',
    },
  },
  roughly: 'Chỉ gần đúng: trong khoảng mười ki-lô-mét.',
  exactly: 'Chính xác, theo những gì trình duyệt biết.',
  themes: { light: 'Sang giao diện sáng.', dark: 'Sang giao diện tối.' },
  open: (host) => `Mở ${host}`,
  label: 'Nhãn',
  value: 'Giá trị',
  values: 'Các giá trị dưới dạng bảng',
  imageMissing: 'Không hiện được hình này.',
};
