export const logWords = {
  save: 'Save a log of this page',
  about: 'Times, connections, devices and problems, for whoever looks into it; no word of the talk',
};
