/**
 * Sends a file as the body of a POST, by XMLHttpRequest: it reports progress, which fetch does not, and also streams from disk.
 */
export interface UploadOptions {
  signal: AbortSignal;
  /** Called with the part that was sent so far, 0 to 1. */
  onSent(part: number): void;
}

/** Undefined if there was no response, or the signal aborted it. */
export function upload(
  url: string,
  file: Blob,
  type: string,
  { signal, onSent }: UploadOptions,
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
