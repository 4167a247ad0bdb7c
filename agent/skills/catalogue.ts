import type { Capabilities } from '#protocol/capabilities.ts';

/** What the page shows of each skill: a title, and something to say that makes it happen. */
export const skillCatalogue: Capabilities['tools'] = [
  { name: 'get_time', title: 'Time', example: 'What time is it in Tokyo?' },
  { name: 'get_date', title: 'Date', example: 'What day is it tomorrow?' },
  { name: 'count_days', title: 'Days between dates', example: 'How many days until Christmas?' },
  {
    name: 'time_difference',
    title: 'Time difference',
    example: 'How far ahead of London is Sydney?',
  },
  { name: 'calculate', title: 'Arithmetic', example: 'What is seventeen times twenty-three?' },
  { name: 'convert_units', title: 'Unit conversion', example: 'How many ounces are in a pound?' },
  { name: 'set_timer', title: 'Set a timer', example: 'Set a pasta timer for ten minutes.' },
  { name: 'list_timers', title: 'Timers', example: 'How long is left on my timer?' },
  { name: 'cancel_timer', title: 'Cancel a timer', example: 'Cancel the pasta timer.' },
  { name: 'spell', title: 'Spelling', example: 'How do you spell necessary?' },
  { name: 'repeat', title: 'Repeat', example: 'Say that again.' },
  { name: 'help', title: 'Help', example: 'What can you do?' },
  { name: 'tell_joke', title: 'Joke', example: 'Tell me a joke.' },
  { name: 'tell_story', title: 'Story', example: 'Tell me a long story.' },
  { name: 'flip_coin', title: 'Coin', example: 'Flip a coin.' },
  { name: 'roll_dice', title: 'Dice', example: 'Roll two dice.' },
  { name: 'pick_number', title: 'Random number', example: 'Pick a number between one and ten.' },
  { name: 'remember', title: 'Remember', example: 'Remember that my locker code is 4512.' },
  { name: 'recall', title: 'Recall', example: 'What is my locker code?' },
  { name: 'forget', title: 'Forget', example: 'Forget my locker code.' },
  { name: 'search_knowledge', title: 'Search the documents', example: 'How do I interrupt you?' },
  { name: 'get_location', title: 'Your place, by the browser', example: 'Where am I?' },
  { name: 'open_link', title: 'Open a link', example: 'Open wikipedia dot org.' },
  { name: 'copy_text', title: 'Copy to the clipboard', example: 'Copy that.' },
  { name: 'set_theme', title: 'Light or dark page', example: 'Dark theme, please.' },
  { name: 'show_table', title: 'Show a table', example: 'Show me that as a table.' },
  { name: 'show_chart', title: 'Show a chart', example: 'Show me that as a chart.' },
  { name: 'show_image', title: 'Show a drawing', example: '' },
];

/** The title of a tool for a person; its name with spaces where it has none. */
export function skillTitle(name: string): string {
  return skillCatalogue.find((entry) => entry.name === name)?.title ?? name.replaceAll('_', ' ');
}
