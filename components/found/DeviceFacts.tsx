"use client";

import { Fragment, type ReactNode } from "react";
import { useReader } from "@/components/kit/reader";
import { valueText } from "@/components/kit/valueText";
import type { FoundOut, FoundValue } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { healthOf } from "./foundText";

const clock = timeFormat({ dateStyle: "medium", timeStyle: "short" });

/** A device's firmware, battery, signal, when it was last heard, and the link to its own page. */
export function DeviceFacts({ device }: { device: FoundOut }) {
  const { locale } = useReader();
  const { battery, signal, seen } = healthOf(device);
  const said = (value: FoundValue | undefined) => (value ? (foundValueText(value, locale) ?? "") : "");
  const facts: (ReactNode | undefined)[] = [
    device.firmware !== undefined && t("found.firmware", { version: device.firmware }),
    battery && t("found.battery", { value: said(battery) }),
    signal && t("found.signal", { value: said(signal) }),
    seen !== undefined && t("found.seen", { at: clock.format(seen) }),
    device.url !== undefined && (
      // not a text: what the opened page may know of this one
      <a className="text-accent underline" href={device.url} target="_blank" rel="noopener noreferrer">
        {t("found.ownPage")}
      </a>
    ),
  ];
  const shown = facts.filter((fact) => fact !== undefined && fact !== false && fact !== "");
  if (shown.length === 0) return null;
  return (
    <p className="mt-0.5 text-sm break-words text-ink-2">
      {shown.map((fact, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts have no identity, and their order is fixed.
        <Fragment key={i}>
          {i > 0 && " · "}
          {fact}
        </Fragment>
      ))}
    </p>
  );
}

export const foundValueText = (
  { value, at, deviceClass: _, ...format }: FoundValue,
  locale: string,
): string | undefined => (value === undefined ? undefined : valueText({ value, at: at ?? null, ...format }, locale));
