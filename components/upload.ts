/**
 * A file as the body of a POST. fetch tells nothing while it sends; XMLHttpRequest does, and streams from the disk too.
 */
export interface UploadAsk {
  signal: AbortSignal;
  /** The part that was taken so far, 0 to 1. */
  onSent(part: number): void;
}

/** Undefined: no answer came, or the signal ended it. */
export function upload(
  url: string,
  file: Blob,
  type: string,
  { signal, onSent }: UploadAsk,
): Promise<{ status: number; text: string } | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", type);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onloadend = () => resolve(undefined);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    // A Blob with a type of its own would override the header.
    request.send(file.slice(0, file.size, type));
  });
}
