/** Short enough to be heard out, and clean enough for anybody. */
export const jokes = [
  'I asked the lighthouse keeper whether the job was lonely. He said it has its moments, every eleven seconds.',
  "My alarm clock and I have an understanding. It goes off, and I don't.",
  'A snail came into the police station and said two tortoises had robbed him. They asked what they looked like. He said: I could not tell you, it all happened so fast.',
  'Why did the scarecrow get a promotion? He was outstanding in his field.',
  'I bought a book on how to stop putting things off. It has been an excellent coaster so far.',
  'Two fish are in a tank. One says to the other: do you know how to drive this thing?',
  'My neighbour knocked on my door at three in the morning. Three in the morning! Luckily I was still up, practising the trumpet.',
  'What do you call a bear with no teeth? A gummy bear.',
  'The library phoned about my overdue book on memory. I had completely forgotten it.',
  'I told my plant a secret. Now the whole garden knows: it was a grapevine.',
  'A man asked the baker for a loaf without seeds, because he was in a hurry and had no time to grow anything.',
  'Why do bees hum? Nobody ever taught them the words.',
  'I tried to catch some fog this morning. I mist.',
  'The orchestra was struck by lightning, but only one of them was hurt. He was the conductor.',
] as const;
