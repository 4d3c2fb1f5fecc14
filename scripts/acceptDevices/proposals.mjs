/** How many messages of a topic the explorer keeps and shows. */
const SEEN = 10;
const LOOKS = 100;

/**
 * What a person would register of a topic that describes nothing: the explorer's proposal for its last messages; where these are of
 * several devices, the one for each device that was seen; and the fields that are wanted beside what is proposed, as one picks them.
 * `beside`: the topics that the explorer looks at for a proposal, with their newest messages. `wanted`: JSONPaths.
 */
export function proposalsFor(propose, topic, payloads, beside, wanted) {
  const siblings = beside.map(({ path, own }) => ({
    topic: path,
    head: own?.head ?? new Uint8Array(0),
    bytes: own?.bytes ?? 0,
  }));
  const taken = new Set();
  const looked = (end, fields) =>
    // One topic was asked for; that the same filter could read more of them is the person's choice.
    propose(topic, payloads.slice(Math.max(0, end - SEEN), end), siblings, { taken, ...(fields && { fields }) }).filter(
      ({ kind }) => kind !== "wildcard",
    );
  const found = looked(payloads.length);
  const seen = new Set(found.map(({ registration }) => registration.when));
  for (const { registration } of found) taken.add(registration.id);
  const there = new Set(
    found.flatMap(({ registration: r }) => [r.value, ...Object.values(r.values ?? {}).map((v) => v.value)]),
  );
  for (const path of wanted)
    if (!there.has(path) && path !== "$") {
      const picked = looked(payloads.length, new Set([path]));
      for (const { registration } of picked) taken.add(registration.id);
      found.push(...picked);
    }
  if (seen.has(undefined)) return found;
  for (let end = payloads.length - 1; end > 1 && end > payloads.length - LOOKS; end--)
    for (const one of looked(end)) {
      const { id, when } = one.registration;
      if (when === undefined || seen.has(when)) continue;
      seen.add(when);
      taken.add(id);
      found.push(one);
    }
  return found;
}
