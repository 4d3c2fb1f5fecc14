import type { z } from "zod";
import { type Access, mayOperate } from "../../../lib/access";
import { type PointOut, pointContracts } from "../../../lib/api";
import { readPicture } from "../../../lib/decoders/image/notation";
import type { PointCommand, PointCommandOut } from "../../../lib/point";
import type { PointStatus, PointStatusOut } from "../../../lib/reading";
import { err, ok } from "../../../lib/result";
import { inWords, say } from "../../../lib/texts/said";
import type { LivePoint, LiveState } from "../../ports";
import { commandOut } from "../commandOut";
import { implement, type Mount } from "../implement";
import { linkNext, pageOf } from "../paging";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";
import { isVisible, rightsTopic } from "../visiblePoint";

export const pointRoutes = ({ live }: HttpParts): Mount[] =>
  implement(pointContracts, {
    async list({ access, query, request, answerHeaders }) {
      const wanted = ({ info }: LivePoint) =>
        query.registration === undefined || info.registration === query.registration;
      const page = pageOf(
        { [Symbol.iterator]: () => live.points()[Symbol.iterator]() },
        ({ info }) => info.id,
        query,
        (point) => (wanted(point) && isVisible(live, access, point) ? pointOut(live, access, point) : undefined),
      );
      if (!page.ok) return page;
      linkNext(answerHeaders, request, page.value.next);
      return ok(page.value.items);
    },

    get: async ({ points: [point], access }) => ok(pointOut(live, access, point)),

    async message({ points: [point] }) {
      const { id, topic } = point.info;
      const last = live.lastMessage(id);
      if (!last || topic === undefined) return ok(null);
      const payload = last.payload ? Buffer.from(last.payload).toString("base64") : null;
      return ok({ topic, ...last, payload });
    },

    async image({ points: [{ info, value }], query, headers }) {
      const picture = live.picture(info.id);
      // Only the one that the value tells of: another may be of another topic, which was another's to see.
      if (!picture || readPicture(value)?.hash !== picture.hash) return err(notFound(say("problem.pictureSinceStart")));
      const { type, hash, bytes } = picture;
      if (query.hash !== undefined && query.hash !== hash) return err(notFound(say("problem.pictureAnyMore")));
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
  });

function pointOut(live: LiveState, access: Access, point: LivePoint): z.input<typeof PointOut> {
  const { info, value, at, status, command } = point;
  const operable = info.command !== undefined && mayOperate(access, rightsTopic(live, point));
  return {
    ...info,
    command: info.command && pointCommandOut(info.command),
    operable,
    value,
    at,
    status: statusOut(status),
    command_state: command ? commandOut(command) : null,
  };
}

const pointCommandOut = ({ ask, blocked, ...command }: PointCommand): PointCommandOut => ({
  ...command,
  ...(ask !== undefined && { ask: inWords(ask) }),
  ...(blocked !== undefined && { blocked: inWords(blocked) }),
});

const statusOut = ({ reason, reject, ...status }: PointStatus): PointStatusOut => ({
  ...status,
  ...(reason !== undefined && { reason: inWords(reason) }),
  ...(reject && { reject: { ...reject, message: inWords(reject.message) } }),
});
