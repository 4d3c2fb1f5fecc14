import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/NothingHere";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.notFound") });

export default function NotFound() {
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <NothingHere />
    </main>
  );
}
