"use client";

import dynamic from "next/dynamic";
import type { TileProps } from "../definition";
import type { PictureOptions } from "./options";

/** Loaded on demand, so that pages without a picture do not load it. */
const TilePicture = dynamic(() => import("./TilePicture").then((m) => m.TilePicture), {
  loading: () => <div className="picture-room" />,
});

export function PictureTile(props: TileProps<PictureOptions>) {
  return <TilePicture {...props} />;
}
