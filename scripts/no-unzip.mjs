// Stands in for `unzip-stream` in the bundle: @actions/artifact loads it to download, and we only
// upload with it. It brings `buffers`, which comes without any licence and must not be passed on.
export default {
  Extract() {
    throw new Error('Artifacts are downloaded by Weighbridge itself.');
  },
};
