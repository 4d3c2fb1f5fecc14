import { useEffect } from "react";
import { call } from "@/components/api";
import { countAlarms } from "@/components/kit/alarmCount";
import { useLoad } from "@/components/kit/useLoad";
import { createSocket } from "@/components/live/socket";

/** Were the socket not to connect at all, as behind a proxy that lets no WebSocket through. */
const REFRESH_MS = 15_000;

const load = () => call("GET /alarms");

/** The alarms that are not over. The socket tells that something changed, and they are loaded anew. */
export function useAlarms() {
  const [alarms, reload] = useLoad(load, REFRESH_MS);
  useEffect(() => {
    const socket = createSocket();
    socket.on("alarms", (counts) => {
      countAlarms(counts);
      void reload();
    });
    socket.on("connect", () => void reload());
    socket.connect();
    return () => socket.disconnect();
  }, [reload]);
  return [alarms, reload] as const;
}
