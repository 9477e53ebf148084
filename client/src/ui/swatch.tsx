type SwatchProps = {
  /** A category slug, or `maker-0` to `maker-7` on a page of one category. */
  hue: string;
  imageUrl?: string | undefined;
  isSmall?: boolean;
  isEager?: boolean;
};

/** The drawing is decoration here: the words beside it name the product. */
export function Swatch({ hue, imageUrl, isSmall = false, isEager = false }: SwatchProps) {
  return (
    <span data-swatch={hue} className={isSmall ? "swatch swatch-small" : "swatch"}>
      {imageUrl !== undefined && (
        <img
          src={imageUrl}
          alt=""
          width={240}
          height={240}
          decoding="async"
          loading={isEager ? "eager" : "lazy"}
          {...(isEager && { fetchPriority: "high" as const })}
        />
      )}
    </span>
  );
}
