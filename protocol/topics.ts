/** LiveKit's own stream topics and attributes, as the Agents framework uses them. */
export const transcriptionTopic = 'lk.transcription';
export const chatTopic = 'lk.chat';
export const segmentIdAttribute = 'lk.segment_id';
export const transcriptionFinalAttribute = 'lk.transcription_final';
export const agentStateAttribute = 'lk.agent.state';

/** Parley's own names. */
export const eventTopic = 'parley.event';
export const vadTopic = 'parley.vad';
export const interruptMethod = 'parley.interrupt';
export const capabilitiesMethod = 'parley.capabilities';
export const configureMethod = 'parley.configure';
export const sampleMethod = 'parley.sample';
export const turnMethod = 'parley.turn';
export const approveMethod = 'parley.approve';
export const avatarMethod = 'parley.avatar';
export const recallMethod = 'parley.recall';
/** Byte streams with documents, each named by its stream's id; the method asks for it to be read or forgotten. */
export const documentTopic = 'parley.document';
export const pageMethod = 'parley.page';
export const documentMethod = 'parley.document';

/**
 * The participant's attribute with which a page says, before it is in the room, that it goes on with an old
 * conversation and will tell of it. The assistant then keeps its first words back until it knows.
 */
export const recallingAttribute = 'parley.recalling';

/** The participant's attribute that tells Parley's assistant from other agents; its value means nothing. */
export const assistantAttribute = 'parley.assistant';

/** A typed message may have this many characters. */
export const maxMessageLength = 2000;
