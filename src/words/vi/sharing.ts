import type { SharingWords } from '../sharing.ts';

const unsent = 'Không gửi được vào phòng này. Hãy thử lại, hoặc rời phòng rồi quay lại.';

export const sharingWords: SharingWords = {
  title: 'Chia sẻ màn hình hoặc camera',
  share: { screen: 'Chia sẻ màn hình', camera: 'Chia sẻ camera' },
  stop: 'Ngừng chia sẻ',
  dismiss: 'Đóng',
  live: { screen: 'Bạn đang chia sẻ màn hình', camera: 'Bạn đang chia sẻ camera' },
  preview: {
    screen: 'Màn hình của bạn, như đang được chia sẻ',
    camera: 'Camera của bạn, như đang được chia sẻ',
  },
  seenBy: (name) => `${name} nhìn thấy, nhất là trong lúc bạn nói. Không có gì được lưu ở đây.`,
  seenByNobody: 'Hiện không có ai ở đây để nhìn.',
  canSee: 'Có thể cho xem màn hình hoặc camera của bạn.',
  blind: 'Không nhìn thấy màn hình hay camera của bạn.',
  cannotBeShown: (name) => `${name} không nhìn được`,
  choose: (name) => `Chọn ${name}…`,
  begun: {
    screen: 'Màn hình của bạn đang được chia sẻ với trợ lý.',
    camera: 'Camera của bạn đang được chia sẻ với trợ lý.',
  },
  ended: 'Không còn gì được chia sẻ nữa.',
  endedBy: {
    browser: 'Trình duyệt đã ngừng chia sẻ.',
    connection: 'Việc chia sẻ đã dừng khi mất kết nối. Bạn có thể chia sẻ lại.',
  },
  cannotSee: (name) => `Việc chia sẻ đã dừng: ${name} không nhìn được.`,
  seesNow: (name) => `Bây giờ ${name} nhìn thấy những gì bạn chia sẻ.`,
  obstacles: {
    screen: {
      refused:
        'Chưa có gì được chọn, hoặc trình duyệt không cho phép. Để chia sẻ, hãy nhấn lại rồi chọn màn hình, cửa sổ hoặc thẻ.',
      missing: 'Trình duyệt không tìm thấy màn hình nào. Hãy chia sẻ camera.',
      busy: 'Hệ thống không cho trình duyệt thấy màn hình. Hãy cho phép trong cài đặt hệ thống, hoặc chia sẻ camera.',
      unsent,
    },
    camera: {
      refused:
        'Trình duyệt không cho trang này dùng camera. Hãy cho phép ở cạnh địa chỉ, rồi chia sẻ lại.',
      missing: 'Không tìm thấy camera. Hãy cắm camera, hoặc chia sẻ màn hình.',
      busy: 'Không bật được camera; có thể chương trình khác đang dùng. Hãy đóng chương trình đó rồi chia sẻ lại.',
      unsent,
    },
  },
};
