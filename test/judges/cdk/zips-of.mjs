/** File names of the zips that a construct uploads. */
export function zipsOf(source) {
  return [...source.matchAll(/`\$\{zips\}\/([^`]+)`/g)].map(([, zip]) => zip);
}
