import { t } from "@/lib/texts/t";

export const devicesText = (count: number): string => t("kit.devices", { count });
export const pointsText = (count: number): string => t("kit.points", { count });
