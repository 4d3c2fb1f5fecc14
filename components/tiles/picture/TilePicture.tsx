"use client";

import { useEffect, useRef, useState } from "react";
import { addressFor } from "@/components/api";
import { useValue } from "@/components/kit/useReading";
import { Dialog } from "@/components/ui/Dialog";
import { type PictureValue, readPicture } from "@/lib/decoders/image/notation";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import type { TileProps } from "../definition";
import { paced } from "../shared/onScreen";
import type { PictureOptions } from "./options";

/** The newest picture, whole and undistorted. One is fetched at a time, and only on screen; the previous one stays until it is loaded. */
export function TilePicture({ point, title }: TileProps<PictureOptions>) {
  const value = useValue(point.id);
  const newest = readPicture(value);
  const frame = useRef<HTMLDivElement>(null);
  const { shown, failed } = usePicture(frame, point.id, newest);
  const [large, setLarge] = useState(false);
  const image = shown && (
    // biome-ignore lint/performance/noImgElement: a picture that changes all the time is not worth a resized copy
    <img
      src={addressOfPicture(point.id, shown.hash)}
      width={shown.width}
      height={shown.height}
      alt={title}
      className="picture"
    />
  );
  return (
    <div ref={frame} className="picture-room" data-value={newest?.hash ?? String(value)}>
      {image && failed && <p className="picture-late">{failed}</p>}
      {image ? (
        <button
          type="button"
          className="picture-open"
          aria-label={t("tiles.showLarge", { title })}
          onClick={() => setLarge(true)}
        >
          {image}
        </button>
      ) : (
        <p className="picture-none">{failed ?? (value === null ? t("tiles.noPictureYet") : "…")}</p>
      )}
      {shown && (
        <Dialog open={large} onClose={() => setLarge(false)} title={title} size="l">
          {image}
          <p className="mt-2 text-xs text-ink-3">
            {t("tiles.pictureSize", {
              width: shown.width,
              height: shown.height,
              kilobytes: Math.ceil(shown.bytes / 1000),
            })}
          </p>
        </Dialog>
      )}
    </div>
  );
}

interface PictureSeen {
  shown: PictureValue | undefined;
  /** Why the newest is not shown: after a restart the server may still have the value, but not its picture. */
  failed: string | undefined;
}

/** The last picture that was fetched and decoded, so that replacing it does not flicker. */
function usePicture(
  frame: React.RefObject<Element | null>,
  id: PointId,
  newest: PictureValue | undefined,
): PictureSeen {
  const [seen, setSeen] = useState<PictureSeen>({ shown: undefined, failed: undefined });
  const wanted = useRef<PictureValue | undefined>(undefined);
  const look = useRef<(() => void) | undefined>(undefined);
  wanted.current = newest;

  useEffect(() => {
    let gone = false;
    let busy = false;
    let have: string | undefined;
    const fetchNewest = async (): Promise<void> => {
      const next = wanted.current;
      if (busy || gone || !next || next.hash === have) return;
      busy = true;
      have = next.hash;
      const image = new Image();
      image.src = addressOfPicture(id, next.hash);
      const good = await image.decode().then(
        () => true,
        () => false,
      );
      busy = false;
      if (gone) return;
      // If a newer one has arrived meanwhile, a failure does not matter: the newer one is fetched next.
      if (good || wanted.current?.hash === next.hash)
        setSeen((before) =>
          good ? { shown: next, failed: undefined } : { shown: before.shown, failed: t("tiles.pictureMissing") },
        );
      void fetchNewest();
    };
    const drawing = paced(frame.current, () => void fetchNewest(), "never");
    look.current = drawing.changed;
    drawing.changed();
    return () => {
      gone = true;
      drawing.stop();
    };
  }, [frame, id]);

  const hash = newest?.hash;
  useEffect(() => {
    if (hash !== undefined) look.current?.();
  }, [hash]);
  return seen;
}

/** The address of a point's picture. With the hash in it, the browser can cache it. */
const addressOfPicture = (id: PointId, hash: string): string =>
  addressFor("GET /points/{id}/image", { params: { id }, query: { hash } });
