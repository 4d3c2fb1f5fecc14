"use client";

import { listPoints } from "@/components/api";
import type { PointOut } from "@/lib/api";
import { type Load, useLoad } from "./useLoad";

const allPoints = () => listPoints();

/** All points that the person may see, as the API lists them: for choosing among them. */
export const useListedPoints = (refreshMs?: number): Load<PointOut[]> => useLoad(allPoints, refreshMs)[0];
