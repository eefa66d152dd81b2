import type { VoiceRoute } from "../model/voice-routing.ts";

/** The largest Int32, which is what a priority is. */
const MAX_PRIORITY = 2_147_483_647;

/**
 * Makes room for a route at `wanted`: when the value is taken, it and the values that follow it without
 * a gap move up by one (observed with Lync, where a priority is a place in a list; assumed for Teams).
 * Equal values are no error: public scripts create several routes with `-Priority 1`.
 *
 * @returns the other routes in their old order, or `null` when the last would pass the largest Int32
 */
export function makeRoomAt(
  others: readonly VoiceRoute[],
  wanted: number,
): readonly VoiceRoute[] | null {
  const taken = new Set(others.map((route) => route.priority));
  let end = wanted;
  while (taken.has(end)) end++;
  if (end > MAX_PRIORITY) return null;
  if (end === wanted) return others;
  return others.map((route) =>
    route.priority >= wanted && route.priority < end
      ? { ...route, priority: route.priority + 1 }
      : route,
  );
}

/**
 * The priority of a route for which none was given: one after the last, 0 for the first (the example
 * of Microsoft's New-CsOnlineVoiceRoute); `null` when there is none left.
 */
export function nextPriority(routes: readonly VoiceRoute[]): number | null {
  const last = routes.reduce((max, route) => Math.max(max, route.priority), -1);
  return last < MAX_PRIORITY ? last + 1 : null;
}
