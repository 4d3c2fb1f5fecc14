import type { MetadataRoute } from "next";

/** Makes Telltale installable on phones and wall tablets. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Telltale",
    short_name: "Telltale",
    description: "What your devices are doing, as they say it, now.",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#0b0e13",
    theme_color: "#0b0e13",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  };
}
