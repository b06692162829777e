package io.headgate.load;

/** What a figure was measured on, for the line that tells it. */
final class Machine {
    private Machine() {}

    static String describe(Streams streams) {
        return "cores=%d java=%s redis=%s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        streams.info("server", "redis_version"));
    }
}
