/** How many messages of a topic the explorer keeps and shows. */
const SEEN = 10;
const LOOKS = 100;

/**
 * What a person would register of a topic that describes nothing: the explorer's proposal for its last messages; where these are of
 * several devices, the one for each device that was seen; and the fields that are wanted beside what is proposed, as one picks them.
 * `beside`: the newest message of every other topic. `wanted`: JSONPaths.
 */
export function proposalsFor(propose, topic, payloads, beside, wanted) {
  const siblings = [...beside]
    .filter(([other]) => other !== topic && /\/\$?units?$/i.test(other))
    .map(([other, head]) => ({ topic: other, head, bytes: head.length }));
  const taken = new Set();
  const looked = (end, fields) =>
    propose(topic, payloads.slice(Math.max(0, end - SEEN), end), siblings, { taken, ...(fields && { fields }) });
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
