/** The texts of the question whether a tool may be run. */
export const approvalWords = {
  title: 'May this tool be run?',
  from: (server: string, tool: string) =>
    `${server} offers “${tool}”; the assistant wants to use it.`,
  input: 'With',
  noInput: 'Nothing',
  once: 'Allow once',
  conversation: 'Allow in this conversation',
  no: 'No',
  time: 'No answer within a minute is a no.',
  more: (n: number) => (n === 1 ? 'One more question follows.' : `${n} more questions follow.`),
} as const;
