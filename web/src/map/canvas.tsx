import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import { useEffect, useRef, useState } from "preact/hooks";
import Sigma from "sigma";
import { theme } from "../app/theme";
import type { NetworkMap } from "../documents/insights";
import { text } from "../strings";
import type { Cluster } from "./clusters";

interface Props {
  drawn: NetworkMap;
  clusters: Cluster[];
  viewerName: string;
  onChoose: (personId: string | null) => void;
}

const VIEWER = "viewer";
const SIZE = { WEAK: 5, FAIR: 6.5, GOOD: 8, STRONG: 10 };
const ROUNDS = 250;

/** The map, drawn with WebGL. Everything on it is also in the lists of the screen. */
export default function MapCanvas({ drawn, clusters, viewerName, onChoose }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const shownTheme = theme.value;

  useEffect(() => {
    if (!place.current) return;
    const colour = colours(place.current);
    const graph = layOut(drawn, clusters, viewerName, colour);
    try {
      sigma.current = new Sigma(graph, place.current, {
        labelColor: { color: colour("--ink") },
        labelSize: 13,
        labelFont: "system-ui, sans-serif",
        labelRenderedSizeThreshold: 7,
        defaultEdgeColor: colour("--line"),
        allowInvalidContainer: true,
        defaultDrawNodeHover: (context, data) => drawHover(context, data, colour),
      });
    } catch {
      setFailed(true);
      return;
    }
    sigma.current.on("clickNode", ({ node }) => onChoose(node === VIEWER ? null : node));
    sigma.current.on("clickStage", () => onChoose(null));
    return () => {
      sigma.current?.kill();
      sigma.current = null;
    };
  }, [drawn, clusters, viewerName, onChoose, shownTheme]);

  if (hasFailed) return <p class="notice">{text.map.noCanvas}</p>;
  const camera = () => sigma.current?.getCamera();
  return (
    <figure class="map stack-tight">
      <div ref={place} class="map-canvas" role="img" aria-label={text.map.canvas} />
      <figcaption class="row between">
        <span class="small soft">{text.map.hint}</span>
        <span class="row">
          <button type="button" class="button small" onClick={() => void camera()?.animatedZoom()}>
            {text.map.zoomIn}
          </button>
          <button type="button" class="button small" onClick={() => void camera()?.animatedUnzoom()}>
            {text.map.zoomOut}
          </button>
          <button type="button" class="button small" onClick={() => void camera()?.animatedReset()}>
            {text.map.reset}
          </button>
        </span>
      </figcaption>
    </figure>
  );
}

type Colour = (variable: string) => string;

function layOut(drawn: NetworkMap, clusters: Cluster[], viewerName: string, colour: Colour): Graph {
  const graph = new Graph({ type: "undirected" });
  const clusterOf = new Map(
    clusters.flatMap(({ members }, index) => members.map((id) => [id, index % 6] as const)),
  );
  graph.addNode(VIEWER, {
    x: 0,
    y: 0,
    size: 13,
    label: `${text.you} (${viewerName})`,
    color: colour("--ink"),
  });
  drawn.people.forEach(({ person, strengthLabel }, index) => {
    const angle = (2 * Math.PI * index) / drawn.people.length;
    const radius = strengthLabel ? 1 : 2;
    const cluster = clusterOf.get(person.id);
    graph.addNode(person.id, {
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
      size: strengthLabel ? SIZE[strengthLabel] : 7,
      label: person.name,
      color: cluster === undefined ? colour("--line-strong") : colour(`--cluster-${cluster + 1}`),
    });
    if (strengthLabel) graph.addEdge(VIEWER, person.id, { size: SIZE[strengthLabel] / 8, weight: 1 });
  });
  for (const { firstPersonId, secondPersonId, strengthLabel } of drawn.ties) {
    graph.addEdge(firstPersonId, secondPersonId, {
      size: SIZE[strengthLabel] / 5,
      weight: SIZE[strengthLabel] / 4,
      color: colour("--line-strong"),
    });
  }
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 1.5, scalingRatio: 12, adjustSizes: true };
  forceAtlas2.assign(graph, { iterations: ROUNDS, settings });
  return graph;
}

/** Reads variables of the design as colours that WebGL understands. */
function colours(place: HTMLElement): Colour {
  return (variable) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${variable})`;
    place.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}

function drawHover(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; label?: string | null },
  colour: Colour,
): void {
  const label = data.label ?? "";
  context.font = "600 13px system-ui, sans-serif";
  const width = context.measureText(label).width;
  context.fillStyle = colour("--surface");
  context.strokeStyle = colour("--line-strong");
  context.beginPath();
  context.roundRect(data.x + data.size + 2, data.y - 12, width + 14, 24, 6);
  context.fill();
  context.stroke();
  context.fillStyle = colour("--ink");
  context.fillText(label, data.x + data.size + 9, data.y + 4.5);
}
