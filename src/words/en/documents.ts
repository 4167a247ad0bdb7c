/** The texts around documents that are given to the assistant. */
export const documentWords = {
  title: 'Documents in this conversation',
  add: 'Add a document',
  about:
    'Text or Markdown up to 2 MB, PDF up to 8. The assistant looks into it, in this conversation only.',
  drop: 'Drop documents here',
  reading: 'being read',
  passages: (n: number) => (n === 1 ? '1 passage' : `${n} passages`),
  remove: (name: string) => `Take ${name} away`,
  dismiss: (name: string) => `Dismiss ${name}`,
  given: (name: string, n: number) =>
    `“${name}” can be asked about (${n === 1 ? '1 passage' : `${n} passages`}).`,
  taken: (name: string) => `“${name}” was taken away.`,
  obstacles: {
    kind: 'This kind of file cannot be read. Take a text, Markdown or PDF file.',
    size: 'It is larger than 8 MB.',
    empty: 'It is empty.',
    count: 'Eight documents are as many as one conversation takes.',
    absent: 'No assistant is here to read it yet.',
    failed: 'It could not be sent. Try again.',
  },
} as const;
