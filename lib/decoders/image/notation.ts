import type { Picture } from "./sniff";

/** A picture as the text that is its point's value: small enough for every frame, and different for each picture. */
export interface PictureValue extends Picture {
  bytes: number;
  /** Identifies the bytes; not cryptographic. */
  hash: string;
}

export const writePicture = ({ type, width, height, bytes, hash }: PictureValue): string =>
  `${type};width=${width};height=${height};bytes=${bytes};hash=${hash}`;

const VALUE = /^(image\/(?:jpeg|png));width=(\d+);height=(\d+);bytes=(\d+);hash=([0-9a-f]{14})$/;

/** Undefined if the text does not describe a picture. */
export function readPicture(text: unknown): PictureValue | undefined {
  const found = typeof text === "string" ? VALUE.exec(text) : null;
  if (!found) return undefined;
  const [, type, width, height, bytes, hash] = found as unknown as [
    string,
    Picture["type"],
    string,
    string,
    string,
    string,
  ];
  return { type, width: Number(width), height: Number(height), bytes: Number(bytes), hash };
}
