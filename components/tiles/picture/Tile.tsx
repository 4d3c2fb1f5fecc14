"use client";

import dynamic from "next/dynamic";
import type { TileProps } from "../definition";
import type { PictureOptions } from "./options";

/** Comes when there is one to show: a page without one does not pay for it. */
const TilePicture = dynamic(() => import("./TilePicture").then((m) => m.TilePicture), {
  loading: () => <div className="picture-room" />,
});

export function PictureTile(props: TileProps<PictureOptions>) {
  return <TilePicture {...props} />;
}
