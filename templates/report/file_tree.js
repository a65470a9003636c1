// The analysed image as a tree of layers, folders and entries.

// The five states, and live bytes of base layers apart.
const FILE_COLOURS = [
  { name: "live", style: "--map-live", pattern: "none" },
  { name: "overwritten", style: "--map-overwritten", pattern: "rising" },
  { name: "metadata only", style: "--map-metadata", pattern: "dots" },
  { name: "deleted", style: "--map-deleted", pattern: "crossed" },
  { name: "repeated", style: "--map-repeated", pattern: "level" },
  { name: "live, in the base image", style: "--map-base", pattern: "none" },
];
const BASE_COLOUR = 5;

function decodeFileTree(columns, layers, imageName) {
  return decodeTree(columns, new Tree(columns.kinds.length, FILE_COLOURS.length), {
    rootName: imageName, layerNames: layers.map((_, index) => `Layer ${index}`),
    captions: layers.map((layer, index) => `Layer ${index}${layer.instruction ? `  ${layer.instruction}` : ""}`),
    colourOf: (state, layer) => (state === 0 && layers[layer].base ? BASE_COLOUR : state),
  });
}
