import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/NothingHere";

export const metadata: Metadata = { title: "Not found" };

/** Inside the shell, whose main landmark it stands in. */
export default function NotFound() {
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <NothingHere />
    </div>
  );
}
