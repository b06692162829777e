package io.headgate.deliver;

import io.headgate.stream.WriteFault;

/** What a failed write says about Redis as a whole. */
final class WriteFaults {
    private WriteFaults() {}

    /** Whether other partitions' writes are likely to fail as well. */
    static boolean blameRedis(WriteFault fault) {
        return switch (fault.kind()) {
            case OVERLOADED, AWAY, TIMEOUT, LOST, NOT_APPLIED, DENIED -> true;
            case BROKEN -> false;
        };
    }
}
