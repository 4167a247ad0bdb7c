import type { ProblemCode } from '#protocol/problems.ts';
import { checkTarget } from '../connect/target.ts';
import type { Problem, RoomTarget } from '../conversation/state.ts';
import { words } from '../words/page.ts';

export type RoomField = 'serverUrl' | 'token';

/** What is said at each field. */
export type RoomFormProblems = Readonly<Partial<Record<RoomField, string>>>;

const fieldOf: Readonly<Partial<Record<ProblemCode, RoomField>>> = {
  server_url_invalid: 'serverUrl',
  server_unreachable: 'serverUrl',
  token_malformed: 'token',
  token_expired: 'token',
  token_invalid: 'token',
};

/** Looks over what was entered, before any server is asked. Empty if nothing is wrong. */
export function checkForm(
  target: RoomTarget,
  nowMs: number,
  origin: { protocol: string },
): RoomFormProblems {
  const missing: RoomFormProblems = {
    ...(target.serverUrl.trim() === '' && { serverUrl: words.connect.urlMissing }),
    ...(target.token.trim() === '' && { token: words.connect.tokenMissing }),
  };
  if (missing.serverUrl ?? missing.token) return missing;
  const problem = checkTarget(target, nowMs, origin);
  return problem ? formProblems([problem]) : {};
}

/** What of a failed attempt can be mended in the form, said at its field. */
export function formProblems(problems: readonly Problem[]): RoomFormProblems {
  const said: Partial<Record<RoomField, string>> = {};
  for (const { code, detail } of problems) {
    const field = fieldOf[code];
    if (!field) continue;
    const { title, advice } = words.problems.text[code];
    // The detail of a check in this page is a sentence for people; that of a server may be anything, and stays in the banner.
    const why =
      detail && (code === 'token_malformed' || code === 'server_url_invalid') ? ` ${detail}` : '';
    said[field] = `${title}.${why} ${advice}`;
  }
  return said;
}

export function mendable(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => fieldOf[code] !== undefined);
}
