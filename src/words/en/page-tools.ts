/** The texts of the question whether the assistant may do something in this page, and of what it shows there. */
export const pageToolWords = {
  asks: {
    get_location: {
      title: 'May the assistant know where you are?',
      description: 'Your browser may ask you as well. The answer goes to whatever answers you.',
    },
    open_link: {
      title: 'Open this page?',
      description: 'It opens in a new tab, and learns nothing of this conversation.',
    },
    copy_text: {
      title: 'May this be copied?',
      description: 'It takes the place of what is in your clipboard.',
    },
    set_theme: {
      title: 'May the look of the page change?',
      description: 'You can change it back at the top of the page.',
    },
    show_table: {
      title: 'May a table be shown?',
      description: 'It goes into the transcript.',
    },
    show_chart: {
      title: 'May a chart be shown?',
      description: 'It goes into the transcript.',
    },
    show_image: {
      title: 'May a drawing be shown?',
      description: 'It goes into the transcript. Nothing is fetched for it.',
    },
  },
  roughly: 'Only roughly: to some ten kilometres.',
  exactly: 'Exactly, as far as your browser knows.',
  themes: { light: 'To the light theme.', dark: 'To the dark theme.' },
  open: (host: string) => `Open ${host}`,
  label: 'Label',
  value: 'Value',
  values: 'Values as a table',
  imageMissing: 'This drawing cannot be shown.',
} as const;
