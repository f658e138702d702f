/** The business logic that all contenders share, on plain values. */

/** The note as it is stored. */
export function createdNote(parent, note) {
  const { title = "", text = "", stars = 0, pinned = false, labels = [] } = note ?? {};
  return { name: `${parent}/notes/1`, title, text, stars, pinned, labels: [...labels] };
}

/** A note that is there. */
export function foundNote(name, language) {
  const title = `In ${language}`;
  return {
    name,
    title,
    text: "The quick brown fox jumps over the lazy dog",
    stars: 5,
    pinned: true,
    labels: ["a", "b"],
  };
}
