import { problemsInEnglish } from '#protocol/problems.en.ts';
import type { ProblemTexts } from '../problem-texts.ts';

export const problems: ProblemTexts = {
  text: problemsInEnglish,
  label: 'Problems',
  detail: 'Details',
  dismiss: (title) => `Dismiss: ${title}`,
  steps: {
    retry: 'Try again',
    talk_here: 'Talk here again',
    ask_permission: 'Try again',
    choose_device: 'Choose a device',
    new_token: 'Change the token',
    request_assistant: 'Call the assistant',
    unlock_sound: 'Turn sound on',
    switch_provider: 'Open settings',
  },
};
