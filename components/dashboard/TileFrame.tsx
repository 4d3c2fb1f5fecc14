"use client";

import dynamic from "next/dynamic";
import { useId } from "react";
import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { NO_CONTROL, useControl } from "@/components/kit/useControl";
import { Frame, type TileFrameProps } from "./Frame";

/** Only a page that has a composite pays for one. The server draws it whole, so that its values are in the first paint. */
const CompositeFrame = dynamic(() => import("./CompositeFrame").then((m) => m.CompositeFrame), {
  loading: () => <div className="tile" />,
});

/** A sensor listens to nothing that only an actuator has: a wall of hundreds of sensors must stay cheap. */
export function TileFrame(props: TileFrameProps) {
  const noteId = useId();
  if (props.kind.composite) return <CompositeFrame {...props} noteId={noteId} />;
  return props.point.command ? (
    <ActuatorFrame {...props} noteId={noteId} />
  ) : (
    <Frame {...props} noteId={noteId} control={NO_CONTROL} />
  );
}

function ActuatorFrame(props: TileFrameProps & { noteId: string }) {
  const { locale } = useReader();
  const words = props.kind.words?.(props.options);
  const control = useControl(props.point, props.noteId, (value) => sayValue(value, props.point, locale, words));
  return <Frame {...props} control={control} />;
}
