import { useMemo, useState } from "preact/hooks";
import { Dialog } from "../design/parts";
import type { Route } from "../documents/fragments";
import { text } from "../strings";
import { drawRoute } from "./picture";

/** A picture of a route to share. Names are hidden unless the viewer shows them. */
export default function PictureDialog({ route, onClose }: { route: Route; onClose: () => void }) {
  const [isNamed, setNamed] = useState(false);
  const svg = useMemo(() => drawRoute(route, isNamed), [route, isNamed]);
  const url = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  return (
    <Dialog title={text.ask.picture.title} onClose={onClose}>
      <div class="stack">
        <img class="picture" src={url} alt={isNamed ? route.summary : text.ask.picture.hidden} />
        <label class="choice">
          <input
            type="checkbox"
            checked={isNamed}
            onChange={(event) => setNamed(event.currentTarget.checked)}
          />
          {text.ask.picture.showNames}
        </label>
        <div class="row">
          <a class="button primary" href={url} download="route.svg">
            {text.ask.picture.svg}
          </a>
          <button type="button" class="button" onClick={() => void savePng(url)}>
            {text.ask.picture.png}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

async function savePng(url: string): Promise<void> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "route.png";
  link.click();
  URL.revokeObjectURL(link.href);
}
