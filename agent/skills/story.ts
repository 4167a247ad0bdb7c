/** About two minutes aloud: something to listen to, and to cut short. */
export const story = {
  title: 'The clock of Harrow Sound',
  text: `Here is the story of the clock of Harrow Sound. \
On the north coast, where the road gives out, there was once a fishing village with a clock tower and no clock. \
The tower had been built with the last of the herring money, and when the herring went away, so did the money for the clock. \
For forty years its four stone faces looked out to sea with nothing on them at all. \
Then, one October, a woman named Ada Pell came over the hill with a handcart and asked for a room. \
She mended things. She mended kettles, and nets, and the harmonium in the chapel, which had not played the note of A since the old king died. \
When she had mended all there was to mend, she climbed the tower, looked at the empty faces, and came down smiling. \
I can make you a clock, she told them, but I have no brass, so you will each have to lend me something that you can do without. \
The baker lent her the weights of his second pair of scales. The schoolmaster lent a bicycle wheel. \
The widow at the end of the quay brought an anchor chain, and the twins from the farm brought a bucket of spoons. \
All winter they heard her hammering. On the first day of spring the hands began to move, and the village stood in the square and cheered. \
There was only one thing wrong with it. The clock ran eleven minutes slow, and whatever Ada did, it would not be hurried. \
She offered to begin again. But by then a curious thing had happened. \
The ferry captain, who set his watch by the tower, had begun to leave eleven minutes late, and so the doctor, who always ran, no longer missed him. \
The bread stayed in the oven eleven minutes more, and everybody agreed that it was better. \
The children came to school eleven minutes late, all of them together, so nobody was late at all. \
And one foggy evening the captain, still tied up at the quay when he ought by rights to have been at sea, \
heard a horn out in the white, and knew that a great dark steamer was crossing the very water where he would have been. \
He sat down on a coil of rope for a while. Then he walked up to the tower and took off his cap to it. \
They never let Ada mend the clock. She grew old in Harrow Sound, and when she died they stopped the hands for one hour, and then let them go on. \
It is still there, if you follow the road until it gives out. It is slower than ever: an hour and five minutes now. \
But if you ask anybody in the square what time it is, they will look up at the tower, and then at you, \
and say that there is plenty.`,
} as const;
