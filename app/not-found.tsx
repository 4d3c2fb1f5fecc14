import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/NothingHere";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <NothingHere />
    </main>
  );
}
