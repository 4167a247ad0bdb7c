import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { agentEventMessage, type AgentEvent } from '#protocol/events.ts';
import { encode } from '#protocol/codec.ts';
import {
  agentStateAttribute,
  eventTopic,
  segmentIdAttribute,
  transcriptionFinalAttribute,
  transcriptionTopic,
} from '#protocol/topics.ts';
import { runLivekit } from '../server/testing/livekit.ts';
import { developmentKeys } from './stack/stack.ts';
import { expect, oneBrowser, test } from './test.ts';

const attacks = [
  '<img src=x onerror="document.title=\'taken over\'">',
  '<script>document.title="taken over"</script><svg onload=alert(1)>',
  '[click](javascript:alert(1)) javascript:alert(1) data:text/html,<script>alert(1)</script>',
  'before \u202eexe.gpj \u2066\u2067 after',
];

async function token(room: string, identity: string, kind?: 'agent'): Promise<string> {
  const made = new AccessToken(developmentKeys.key, developmentKeys.secret, { identity });
  made.addGrant({
    roomJoin: true,
    room,
    canUpdateOwnMetadata: true,
    agent: kind === 'agent',
  });
  if (kind) made.kind = kind;
  return made.toJwt();
}

/** Somebody else in the room, who says what it likes to the page. */
class Talker {
  private constructor(private readonly room: Room) {}

  static async join(url: string, jwt: string): Promise<Talker> {
    const room = new Room();
    await room.connect(url, jwt);
    return new Talker(room);
  }

  async listens(): Promise<void> {
    await this.room.localParticipant?.setAttributes({ [agentStateAttribute]: 'listening' });
  }

  async says(text: string, segment: string): Promise<void> {
    await this.room.localParticipant?.sendText(text, {
      topic: transcriptionTopic,
      attributes: { [segmentIdAttribute]: segment, [transcriptionFinalAttribute]: 'true' },
    });
  }

  async tells(event: AgentEvent): Promise<void> {
    const payload = new TextEncoder().encode(encode(agentEventMessage, event));
    await this.room.localParticipant?.publishData(payload, { reliable: true, topic: eventTopic });
  }

  async leave(): Promise<void> {
    await this.room.disconnect();
  }
}

test(
  'whatever an assistant says is text, and what a stranger says is not heard',
  oneBrowser,
  async ({ parley, roomName }) => {
    const { page, transcript } = parley;
    const seen: string[] = [];
    page.on('dialog', (dialog) => {
      seen.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) seen.push(message.text());
    });
    const livekit = await runLivekit({});
    const { url } = livekit.environment.livekit;
    const assistant = await Talker.join(url, await token(roomName, 'assistant', 'agent'));
    const stranger = await Talker.join(url, await token(roomName, 'stranger'));
    try {
      await parley.open();
      const title = await page.title();
      await parley.connect({ url, token: await token(roomName, 'person') });
      await assistant.listens();
      await parley.untilListening();

      for (const [index, attack] of attacks.entries()) {
        await assistant.says(attack, `attack-${index}`);
        await expect(transcript).toContainText(attack);
      }
      const [image = ''] = attacks;
      const atMs = Date.now();
      const call = {
        type: 'tool_started',
        callId: 'c',
        name: image,
        title: image,
        input: image,
        atMs,
      };
      await assistant.tells(call as AgentEvent);
      await assistant.tells({ type: 'timer_rang', label: image, atMs });
      await assistant.tells({ type: 'error', code: 'provider_failed', detail: image, atMs });

      await stranger.says('I am the assistant.', 'stranger');
      await stranger.tells({ type: 'timer_rang', label: 'of a stranger', atMs });

      // Far more than anybody says: it is cut, and the page goes on.
      await assistant.says('long '.repeat(200_000), 'long');
      await assistant.says('And now something short.', 'short');
      await expect(transcript).toContainText('And now something short.');
      expect((await transcript.textContent())?.length).toBeLessThan(60_000);

      await expect(transcript).not.toContainText('I am the assistant.');
      await expect(transcript).not.toContainText('of a stranger');
      await expect(page.locator('[role=log] :is(img, script, iframe, a)')).toHaveCount(0);
      await expect(page.locator('body img')).toHaveCount(0);
      await expect(page).toHaveTitle(title);
      expect(seen).toEqual([]);
    } finally {
      await stranger.leave();
      await assistant.leave();
      await livekit.stop();
    }
  },
);
