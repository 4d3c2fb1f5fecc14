import { z } from "zod";
import { type Access, mayOperate, mayView } from "../../../lib/access";
import { MessageOut, PointOut } from "../../../lib/api";
import { readPicture } from "../../../lib/decoders/image/notation";
import { PointId, RegistrationId } from "../../../lib/ids";
import { err, ok, type Result } from "../../../lib/result";
import type { LivePoint, LiveState } from "../../ports";
import { endpoint, type Mount } from "../endpoint";
import { linkNext, PageQuery, pageOf } from "../paging";
import type { HttpParts } from "../parts";
import { type Fault, notFound } from "../problem";

const Out = PointOut.meta({ id: "Point" });
/** Points with their present reading, as far as the caller's rights reach. What one may not see does not exist. */
export function pointRoutes({ live }: HttpParts): Mount[] {
  return [
    endpoint({
      method: "get",
      path: "/points",
      level: "viewer",
      summary: "All points that you may see, with their present reading, in pages",
      query: z.object({ registration: RegistrationId.optional(), ...PageQuery }),
      answer: z.array(Out),
      paged: true,
      async run({ access, query, request, answerHeaders }) {
        const wanted = ({ info }: LivePoint) =>
          query.registration === undefined || info.registration === query.registration;
        const page = pageOf(
          { [Symbol.iterator]: () => live.points()[Symbol.iterator]() },
          ({ info }) => info.id,
          query,
          (point) => (wanted(point) && visible(live, access, point) ? pointOut(live, access, point) : undefined),
        );
        if (!page.ok) return page;
        linkNext(answerHeaders, request, page.value.next);
        return ok(page.value.items);
      },
    }),
    endpoint({
      method: "get",
      path: "/points/{id}",
      level: "viewer",
      summary: "One point. Slashes in its id may be written as they are or as %2F",
      answer: Out,
      async run({ params, access }) {
        const found = visiblePoint(live, access, params.id);
        return found.ok ? ok(pointOut(live, access, found.value)) : found;
      },
    }),
    endpoint({
      method: "get",
      path: "/points/{id}/message",
      level: "viewer",
      summary: "The newest message on the point's topic as received; null: none since the start",
      answer: MessageOut.nullable(),
      async run({ params, access }) {
        const found = visiblePoint(live, access, params.id);
        if (!found.ok) return found;
        const { id, topic } = found.value.info;
        const said = live.said(id);
        if (!said || topic === undefined) return ok(null);
        const payload = said.payload ? Buffer.from(said.payload).toString("base64") : null;
        return ok({ topic, ...said, payload });
      },
    }),
    endpoint({
      method: "get",
      path: "/points/{id}/image",
      level: "viewer",
      summary: "The newest picture of a point that holds pictures; `hash` as in its value lets a browser keep it",
      query: z.object({ hash: z.string().max(64).optional() }),
      produces: ["image/jpeg", "image/png"],
      async run({ params, access, query, headers }) {
        const found = visiblePoint(live, access, params.id);
        if (!found.ok) return found;
        const { info, value } = found.value;
        const picture = live.picture(info.id);
        // Only the one that the value tells of: another may be of another topic, which was another's to see.
        if (!picture || readPicture(value)?.hash !== picture.hash)
          return err(notFound("picture since Telltale started"));
        const { type, hash, bytes } = picture;
        if (query.hash !== undefined && query.hash !== hash) return err(notFound("such picture any more"));
        const etag = `"${hash}"`;
        const fresh = headers.get("if-none-match") === etag;
        return ok(
          new Response(fresh ? null : new Uint8Array(bytes), {
            status: fresh ? 304 : 200,
            headers: {
              // Of the two that were recognised, and nothing else: a stranger's bytes must not become a page.
              "Content-Type": type,
              "X-Content-Type-Options": "nosniff",
              "Content-Security-Policy": "default-src 'none'; sandbox",
              "Cross-Origin-Resource-Policy": "same-origin",
              ETag: etag,
              "Cache-Control": query.hash === hash ? "private, max-age=86400, immutable" : "private, no-cache",
            },
          }),
        );
      },
    }),
  ];
}

/** The point, if the caller may see it: else it is not there, and no one learns that it is. */
export function visiblePoint(live: LiveState, access: Access, id: string | undefined): Result<LivePoint, Fault> {
  const parsed = PointId.safeParse(id);
  const point = parsed.success ? live.get(parsed.data) : undefined;
  return point && visible(live, access, point)
    ? ok(point)
    : err({ ...notFound(`point "${(id ?? "").slice(0, 200)}"`), code: "no-such-point" });
}

/** An actuator without a state topic is known by the topic of its commands. */
const rightsTopic = (live: LiveState, { info }: LivePoint): string | undefined =>
  live.actuator(info.id)?.rightsTopic ?? info.topic;

const visible = (live: LiveState, access: Access, point: LivePoint): boolean =>
  mayView(access, rightsTopic(live, point));

function pointOut(live: LiveState, access: Access, point: LivePoint): z.input<typeof PointOut> {
  const { info, value, at, status, command } = point;
  const operable = info.command !== undefined && mayOperate(access, rightsTopic(live, point));
  return { ...info, operable, value, at, status, command_state: command ?? null };
}
