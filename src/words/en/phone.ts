/** The texts of what phone and desktop lend to the page: its small window, and its life without a network. */
export const phoneWords = {
  small: 'Small window',
  offline: {
    title: 'You are offline',
    advice: 'Talking needs the network. The speech lab works without it.',
    lab: 'Open the speech lab',
  },
  update: {
    title: 'A new version is ready',
    advice: 'It is used when this page loads again.',
    use: 'Load it now',
    later: 'Later',
  },
} as const;
