package io.headgate.stream;

/**
 * How ids lie in the dedupe buckets. Every gateway on one Redis must agree on it, so {@code PREFIX:meta} keeps it.
 *
 * <p>A bucket is a small hash whose fields are ids of {@value #ID_BYTES} bytes with empty values. Below
 * {@value #IDS_PER_BUCKET} ids on average it stays in Redis's compact form (a ziplist or listpack, 128 entries by the
 * strictest default there is and 512 by most), where an id costs some 20 bytes instead of 80.
 *
 * @param windowMillis length of a slice; ids are looked for in the current slice and the one before
 * @param buckets of one partition in one slice
 */
record DedupeLayout(long windowMillis, long buckets) {
    /** Of 2^96 values: with a billion ids in the window a false duplicate has a chance of 1 in 10^11. */
    static final int ID_BYTES = 12;

    /** Expected at most; the number in a bucket is spread about it as sqrt, so 512 lies far outside. */
    static final int IDS_PER_BUCKET = 100;

    DedupeLayout {
        if (windowMillis < 1000 || buckets < 1) {
            throw new IllegalArgumentException(
                    "dedupe.window: at least 1s, not " + windowMillis + " ms; buckets: " + buckets);
        }
    }

    static DedupeLayout of(StreamSettings settings) {
        long perBucket = (long) settings.partitions() * IDS_PER_BUCKET;
        long buckets = Math.max(1, (settings.idsPerWindow() + perBucket - 1) / perBucket);
        return new DedupeLayout(settings.dedupeWindow().toMillis(), buckets);
    }
}
