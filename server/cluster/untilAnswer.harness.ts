/** Guards against waiting for ever only. */
const PATIENCE_MS = 120_000;

/** Asks again until the answer is neither undefined nor false. */
export async function untilAnswer<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  { everyMs = 100, withinMs = PATIENCE_MS } = {},
): Promise<T> {
  for (const deadline = Date.now() + withinMs; ; ) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
