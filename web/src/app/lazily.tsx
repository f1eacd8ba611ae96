import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A component whose code is loaded when it is first shown. */
export function lazily<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [Body, setBody] = useState<ComponentType<Props> | null>(() => loaded);
    useEffect(() => {
      if (Body) return;
      void load().then((module) => {
        loaded = module.default;
        setBody(() => module.default);
      });
    }, [Body]);
    return Body ? <Body {...props} /> : null;
  };
}
