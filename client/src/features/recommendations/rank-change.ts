/** How each product moved from one arrangement to the next: places risen, or "new". What fell is not marked. */
export type RankChanges = ReadonlyMap<string, number | "new">;

export const NO_CHANGES: RankChanges = new Map();

export function rankChanges(before: readonly string[], after: readonly string[]): RankChanges {
  if (before.length === 0) return NO_CHANGES;
  const oldPlaces = new Map(before.map((id, place) => [id, place]));
  const changes = new Map<string, number | "new">();
  for (const [place, id] of after.entries()) {
    const oldPlace = oldPlaces.get(id);
    if (oldPlace === undefined) changes.set(id, "new");
    else if (oldPlace > place) changes.set(id, oldPlace - place);
  }
  return changes;
}
