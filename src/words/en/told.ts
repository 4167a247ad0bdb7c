/** What the agent words itself is English already: in other languages, what it says stands here by its English text. */
export const told: Readonly<Record<string, string>> = {};
