import type { MetadataRoute } from "next";
import { FAVICONS } from "@/components/dashboard/favicons";
import { t } from "@/lib/texts/all";

/** Makes Telltale installable on phones and wall tablets. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Telltale",
    short_name: "Telltale",
    description: t("app.description"),
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#0b0e13",
    theme_color: "#0b0e13",
    icons: [
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      { src: FAVICONS.live, sizes: "any", type: "image/svg+xml", purpose: "any" },
    ],
  };
}
