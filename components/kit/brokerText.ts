import type { BrokerFault, BrokerState, Flood } from "@/lib/broker";
import { unreachable } from "@/lib/result";
import { timeFormat } from "@/lib/units/time";
import { lengthText } from "./lengthText";

/** What a person can do about each fault. The server's `reason` says what happened; this says what next. */
export const FAULT_ADVICE: Record<BrokerFault, string> = {
  dns: "No such name. Check the host for a typo, or use the broker's IP address.",
  refused:
    "Nothing listens there. Check that the broker runs, and the port: usually 1883, 8883 with TLS. Inside a container, localhost is the container itself.",
  timeout: "No answer. Check the address, and any firewall in between.",
  tls: "The encrypted connection failed. Check that the port uses TLS; for a private or self-signed certificate, add its CA.",
  credentials: "The broker rejected the user name or password. Check both.",
  "not-authorized":
    "The broker knows the user but does not let it in. Check the broker's access rules and the client id.",
  protocol: "The server at this address does not use MQTT. Check the port and the scheme (mqtt, mqtts, ws, wss).",
  lost: "The connection was lost. Telltale keeps trying to reconnect.",
  "too-large":
    "A message is far too large to show. Let its sender publish less, clear it if it is retained, or register narrower topic filters.",
  other: "Telltale keeps trying to connect. See the server's log for details.",
};

/** Messages a second that Telltale reads; the explorer counts all that the broker carries. A slow one is not called none. */
export const rateText = (rate: number): string =>
  `${rate > 0 && rate < 9.95 ? rate.toFixed(1) : Math.round(rate)} msg/s`;

/** One line about a broker, as of `now` (epoch ms). */
export function brokerLine(broker: BrokerState, now: number): string {
  switch (broker.state) {
    case "connected":
      if (broker.flood?.now) return `connected · reads ${rateText(broker.rate)}, more than Telltale can process`;
      if (broker.short) return `connected again after ${broker.short.times} short connections`;
      if (broker.takesCommands === false) return "connected · takes no commands yet";
      return broker.refused.length > 0
        ? `connected · ${filters(broker.refused.length)} refused`
        : `connected · reads ${rateText(broker.rate)}`;
    case "connecting":
      return `connecting for ${lengthText(now - broker.since)}`;
    case "offline":
      return `offline for ${lengthText(now - broker.since)}${attempts(broker.short)}: ${broker.reason}`;
    default:
      return unreachable(broker);
  }
}

/** How often the broker accepted a connection meanwhile that it did not keep. */
export const attempts = (short: BrokerState["short"]): string => (short ? `, ${short.times} short connections` : "");

const clock = timeFormat({ timeStyle: "medium" });

/** What a flood did, in the browser's own time and way of writing numbers. */
export function floodText({ now, since, lastAt, dropped }: Flood): string {
  const [from, to, many] = [clock.format(since), clock.format(lastAt), dropped.toLocaleString()];
  return now
    ? `More messages arrive than Telltale can process: ${many} were dropped since ${from}. Tiles show the newest values, history has gaps.`
    : `More messages arrived than Telltale could process: ${many} were dropped between ${from} and ${to}. Tiles show the newest values, history has a gap there.`;
}

/** What an admin can do about it. */
export const FLOOD_ADVICE = "Register narrower topic filters, or let the devices report less often.";

const filters = (count: number): string => (count === 1 ? "1 topic filter" : `${count} topic filters`);

/** Which light stands beside it. */
export function brokerLight(broker: BrokerState): "live" | "warning" | "waiting" | "offline" {
  switch (broker.state) {
    case "connected":
      if (broker.refused.length > 0 || broker.flood?.now || broker.short) return "warning";
      return broker.takesCommands === false ? "waiting" : "live";
    case "connecting":
      return "waiting";
    case "offline":
      return "offline";
    default:
      return unreachable(broker);
  }
}
