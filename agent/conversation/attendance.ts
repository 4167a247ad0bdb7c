import { ParticipantKind, RoomEvent, type RemoteParticipant, type Room } from '@livekit/rtc-node';

/** How long a person whose connection broke may take to come back, in ms, while nobody else is waiting. */
const graceMs = 30_000;

const people: readonly ParticipantKind[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/** A conversation with one person, as far as attendance needs it. */
export interface Attended {
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

/**
 * Serves the people of a room one after the other for as long as the room lasts: whoever is there first is talked
 * with until that person leaves; whoever is there then is next. A person who comes back is served again.
 */
export async function attend(
  room: Room,
  begin: (participant: RemoteParticipant) => Promise<Attended>,
): Promise<void> {
  for (;;) {
    const participant = await nextPerson(room);
    if (!participant) return;
    const conversation = await begin(participant);
    await Promise.race([conversation.ended, departure(room, participant.identity)]);
    await conversation.end();
    await absence(room, participant);
  }
}

/** Whether no person is in the room. */
export function isAlone(room: Room): boolean {
  return !firstPerson(room);
}

/** The first person in the room, awaited; undefined when the room has closed. */
function nextPerson(room: Room): Promise<RemoteParticipant | undefined> {
  return until<RemoteParticipant>(room, [RoomEvent.ParticipantConnected], () => firstPerson(room));
}

/** Settles when the person has been away for long, or when the room has closed. */
async function departure(room: Room, identity: string): Promise<void> {
  while (room.isConnected) {
    await until(
      room,
      [RoomEvent.ParticipantDisconnected],
      () => !room.remoteParticipants.has(identity) || undefined,
    );
    const next = await until(
      room,
      [RoomEvent.ParticipantConnected],
      () => room.remoteParticipants.get(identity) ?? firstPerson(room),
      graceMs,
    );
    if (next?.identity !== identity) return;
  }
}

/** Settles when this very stay of the person is over: the session can end a moment before the list says so. */
async function absence(room: Room, stay: RemoteParticipant): Promise<void> {
  await until(
    room,
    [RoomEvent.ParticipantDisconnected, RoomEvent.ParticipantConnected],
    () => room.remoteParticipants.get(stay.identity)?.sid !== stay.sid || undefined,
  );
}

/** Looks now and after each of the events; undefined when the room closes or the time is up. */
function until<T>(
  room: Room,
  events: (RoomEvent.ParticipantConnected | RoomEvent.ParticipantDisconnected)[],
  look: () => T | undefined,
  timeoutMs?: number,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const check = (): void => {
      const found = look();
      if (found !== undefined) finish(found);
    };
    const giveUp = (): void => finish(undefined);
    const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
    function finish(found: T | undefined): void {
      clearTimeout(timer);
      for (const event of events) room.off(event, check);
      room.off(RoomEvent.Disconnected, giveUp);
      resolve(found);
    }
    for (const event of events) room.on(event, check);
    room.on(RoomEvent.Disconnected, giveUp);
    if (room.isConnected) check();
    else giveUp();
  });
}

function firstPerson(room: Room): RemoteParticipant | undefined {
  return [...room.remoteParticipants.values()].find(isPerson);
}

function isPerson(participant: RemoteParticipant): boolean {
  return people.includes(participant.info.kind ?? ParticipantKind.STANDARD);
}
