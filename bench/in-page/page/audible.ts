/** Of a sample in [-1, 1]: over the microphone's noise, under all speech (-50 dBFS). */
export const audibleFrom = 0.003;
