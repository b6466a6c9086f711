import type { Sighting } from '#src/paper/sighting.ts';

/** The places of papers with the same votes, from `first` to `last`: how many others share them. */
type SharedPlaces = { first: number; last: number; equals: number };
export type Stood = { sighting: Sighting; places: Readonly<SharedPlaces> };

/** Equals stand side by side and share their places, whoever of them is named first. Without votes places stay as they are. */
export function sharePlaces(listed: readonly { sighting: Sighting; place: number }[]): readonly Stood[] {
  let votesBefore: number | null = null;
  let placesBefore: SharedPlaces = { first: 0, last: 0, equals: 0 };
  return listed.map(({ sighting, place }) => {
    const { votes } = sighting;
    if (votes === null) return { sighting, places: { first: place, last: place, equals: 0 } };
    if (votes === votesBefore) {
      placesBefore.last = place;
      placesBefore.equals++;
    } else {
      votesBefore = votes;
      placesBefore = { first: place, last: place, equals: 0 };
    }
    return { sighting, places: placesBefore };
  });
}
