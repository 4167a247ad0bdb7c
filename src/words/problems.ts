import type { ProblemStep, ProblemWords } from '#protocol/problems.ts';
import { problemsInEnglish } from '#protocol/problems.en.ts';
import { problemsInVietnamese } from '#protocol/problems.vi.ts';

interface ProblemTexts {
  /** For `lang`, so that a screen reader pronounces it well. */
  readonly language: 'en' | 'vi';
  readonly text: ProblemWords;
  readonly label: string;
  readonly detail: string;
  readonly dismiss: (title: string) => string;
  /** What stands on the buttons. */
  readonly steps: Readonly<Record<ProblemStep, string>>;
}

const english: ProblemTexts = {
  language: 'en',
  text: problemsInEnglish,
  label: 'Problems',
  detail: 'Details',
  dismiss: (title) => `Dismiss: ${title}`,
  steps: {
    retry: 'Try again',
    ask_permission: 'Try again',
    choose_device: 'Choose a device',
    new_token: 'Change the token',
    request_assistant: 'Call the assistant',
    unlock_sound: 'Turn sound on',
    switch_provider: 'Open settings',
  },
};

const vietnamese: ProblemTexts = {
  language: 'vi',
  text: problemsInVietnamese,
  label: 'Sự cố',
  detail: 'Chi tiết',
  dismiss: (title) => `Ẩn: ${title}`,
  steps: {
    retry: 'Thử lại',
    ask_permission: 'Thử lại',
    choose_device: 'Chọn thiết bị',
    new_token: 'Đổi token',
    request_assistant: 'Gọi trợ lý',
    unlock_sound: 'Bật âm thanh',
    switch_provider: 'Mở cài đặt',
  },
};

/** In the first of the languages that the person reads, as the browser has them, that there are words in; else English. */
export function problemWords(
  languages: readonly string[] = typeof navigator === 'undefined' ? [] : navigator.languages,
): ProblemTexts {
  const known = languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return known.find((language) => language === 'en' || language === 'vi') === 'vi'
    ? vietnamese
    : english;
}
