import * as z from 'zod/mini';

const description = z.object({ type: z.literal('answer'), sdp: z.string() });

/** A session description as Azure's services take it: base64 of the JSON that a browser makes of it. */
export function encodeOffer(sdp: string): string {
  return btoa(JSON.stringify({ type: 'offer', sdp }));
}

/** Reads the service's answer, as JSON or as bare SDP within the base64. Throws an `Error` if it is neither. */
export function decodeAnswer(base64: string): RTCSessionDescriptionInit {
  let text: string;
  try {
    text = atob(base64);
  } catch {
    throw new Error('The answer for the video is not base64.');
  }
  if (text.startsWith('v=0')) return { type: 'answer', sdp: text };
  try {
    return description.parse(JSON.parse(text));
  } catch {
    throw new Error('The answer for the video is no session description.');
  }
}
