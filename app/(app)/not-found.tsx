import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/NothingHere";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.notFound") });

/** Inside the shell, whose main landmark it stands in. */
export default function NotFound() {
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <NothingHere />
    </div>
  );
}
