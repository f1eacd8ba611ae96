import { session } from "../app/session";
import { type Problem, RequestFailed } from "./client";

/** Sends a file to the path of its load job, and says how many bytes have left. */
export function upload(path: string, file: File, onProgress: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    const token = session.peek()?.csrfToken;
    if (token) request.setRequestHeader("X-CSRF-Token", token);
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve();
      else reject(new RequestFailed(problemOf(request.responseText)));
    });
    request.addEventListener("error", () => reject(new RequestFailed({ code: "OFFLINE", message: "" })));
    request.send(file);
  });
}

function problemOf(body: string): Problem {
  try {
    const { message, extensions } = JSON.parse(body).errors[0];
    return { code: extensions.code, message, requestId: extensions.requestId };
  } catch {
    return { code: "INTERNAL_SERVER_ERROR", message: body };
  }
}
