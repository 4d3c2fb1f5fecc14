"use client";

import { useEffect, useState } from "react";
import { createSocket, type LiveSocket } from "@/components/live/socket";
import { addMessages, emptyPreview, type Preview } from "@/lib/previewDecode";
import type { ServerEvents } from "@/lib/protocol";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { parseFilter } from "@/lib/topics/parse";

export type PreviewState =
  | { state: "idle" }
  | { state: "opening" }
  | { state: "listening"; preview: Preview }
  | { state: "failed"; message: string; preview: Preview };

/** A delay, so that typing a filter does not subscribe at each key. */
const SETTLE_MS = 350;
const ACK_MS = 5000;

/** A socket of its own while the form is open, since this page has no view. */
function usePreviewSocket(): LiveSocket | undefined {
  const [socket, setSocket] = useState<LiveSocket>();
  useEffect(() => {
    const made = createSocket();
    made.connect();
    setSocket(made);
    return () => {
      made.disconnect();
    };
  }, []);
  return socket;
}

/** The messages on the filter while it is edited. An invalid filter gives `idle`; its field shows the error. */
export function usePreview(broker: string, filter: string): PreviewState {
  const socket = usePreviewSocket();
  const [state, setState] = useState<PreviewState>({ state: "idle" });
  const parsed = parseFilter(filter.trim());
  const legal = parsed.ok ? parsed.value : undefined;

  useEffect(() => {
    if (!socket || legal === undefined) return setState({ state: "idle" });
    setState({ state: "opening" });

    const fail = (message: string) =>
      setState((old) => ({ state: "failed", message, preview: "preview" in old ? old.preview : emptyPreview }));
    const open = async () => {
      const request = { filter: legal, ...(broker === "" ? {} : { broker: broker as never }) };
      try {
        const reply = await socket.timeout(ACK_MS).emitWithAck("preview:open", request);
        if (!reply.ok) return fail(inWords(reply.message));
        setState((old) => ({ state: "listening", preview: "preview" in old ? old.preview : emptyPreview }));
      } catch {
        // emitWithAck rejects only when no ack came in time.
        fail(t("registration.serverSilent"));
      }
    };
    const onMessages: ServerEvents["preview:messages"] = (batch) => {
      if (batch.filter !== legal) return;
      if (batch.error !== undefined) return fail(inWords(batch.error));
      setState((old) => ({
        state: "listening",
        preview: addMessages("preview" in old ? old.preview : emptyPreview, batch.messages, batch.dropped),
      }));
    };
    const onDown = () => fail(t("registration.connectionLost"));

    socket.on("preview:messages", onMessages);
    socket.on("disconnect", onDown);
    socket.on("connect_error", onDown);
    const timer = setTimeout(() => {
      // After a reconnect the server has forgotten the preview.
      socket.on("connect", open);
      if (socket.connected) void open();
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      socket.off("preview:messages", onMessages);
      socket.off("disconnect", onDown);
      socket.off("connect_error", onDown);
      socket.off("connect", open);
      if (socket.connected) socket.emit("preview:close", () => undefined);
    };
  }, [socket, broker, legal]);

  return state;
}
