/** Five short questions that call different skills. */
export const questions: readonly string[] = [
  'What is seventeen times twenty-three?',
  'What time is it in Tokyo?',
  'How many ounces are in a pound?',
  'Flip a coin.',
  'What day is it tomorrow?',
];
