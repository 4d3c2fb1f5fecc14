import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GalleryPage } from "@/components/admin/gallery/GalleryPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { galleryOf } from "@/lib/gallery/specimens";
import { t, textsOf } from "@/lib/texts/all";

export const dynamic = "force-dynamic";
export const generateMetadata = (): Metadata => ({ title: t("app.gallery") });

/** For those who develop Telltale, and for its tests, which set TELLTALE_GALLERY. */
export default function AdminGalleryPage() {
  if (process.env.NODE_ENV === "production" && process.env.TELLTALE_GALLERY === undefined) notFound();
  return (
    <PageTexts texts={textsOf("charts", "composite", "dashboard", "tiles")}>
      <GalleryPage title={t("app.gallery")} gallery={galleryOf(Date.now())} />
    </PageTexts>
  );
}
