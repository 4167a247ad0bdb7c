import { problemsInVietnamese } from '#protocol/problems.vi.ts';
import type { ProblemTexts } from '../problem-texts.ts';

export const problems: ProblemTexts = {
  text: problemsInVietnamese,
  label: 'Sự cố',
  detail: 'Chi tiết',
  dismiss: (title) => `Ẩn: ${title}`,
  steps: {
    retry: 'Thử lại',
    talk_here: 'Nói tiếp tại đây',
    ask_permission: 'Thử lại',
    choose_device: 'Chọn thiết bị',
    new_token: 'Đổi token',
    request_assistant: 'Gọi trợ lý',
    unlock_sound: 'Bật âm thanh',
    switch_provider: 'Mở cài đặt',
  },
};
