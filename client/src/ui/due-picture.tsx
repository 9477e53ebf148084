/**
 * The bench of a picture that is coming. The build marks it: where the server knows the picture, it sends it in this
 * place, and the picture is seen before any script has run.
 */
export function DuePicture({ hue }: { hue?: string }) {
  return <span data-swatch={hue} className="swatch" data-due={import.meta.env.SSR ? "picture" : undefined} />;
}
