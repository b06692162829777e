package io.headgate.time;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real clocks of this machine. */
public final class SystemClock implements Clock {
    /** Linux: seconds since the machine started, with two decimals and sleep included, then another figure. */
    private static final Path UPTIME = Path.of("/proc/uptime");

    private static final int NANOS_A_MILLISECOND = 1_000_000;

    /** By how much the boot clock was ahead of the monotonic one when it was read last. */
    private volatile long ahead;

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Where it cannot be read, the monotonic clock with the sleep that is known. */
    @Override
    public long bootNanos() {
        long nanos = System.nanoTime();
        try {
            String uptime = Files.readString(UPTIME, StandardCharsets.US_ASCII);
            double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            ahead = Math.round(seconds * 1000) * NANOS_A_MILLISECOND - nanos;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return nanos + ahead;
        }
        return nanos + ahead;
    }
}
