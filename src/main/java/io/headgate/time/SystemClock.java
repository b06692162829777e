package io.headgate.time;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real clocks of this machine. */
public final class SystemClock implements Clock {
    /** Linux: seconds since the machine started, with two decimals and sleep included, then another figure. */
    private static final Path UPTIME = Path.of("/proc/uptime");

    /** Linux: a name that the kernel gives itself when it starts. */
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private static final int NANOS_A_MILLISECOND = 1_000_000;

    private static final int NANOS_A_SECOND = 1_000_000_000;

    private final Path uptime;
    private final String bootId;
    /** By how much the boot clock was ahead of the monotonic one when it was read last. */
    private volatile long ahead;

    public SystemClock() {
        this(UPTIME, BOOT_ID);
    }

    SystemClock(Path uptime, Path bootId) {
        this.uptime = uptime;
        this.bootId = readBootId(bootId);
    }

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
            ahead = readUptimeNanos() - nanos;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return nanos + ahead;
        }
        return nanos + ahead;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    /**
     * Empty also in a container whose uptime is its own (lxcfs): there it begins anew with each start of the container,
     * under the same name. The monotonic clock, which on Linux counts from the machine's start and sleeps with it, gives it
     * away, for it is never ahead of the real one.
     */
    private String readBootId(Path file) {
        try {
            boolean ofTheMachine = readUptimeNanos() + NANOS_A_SECOND >= System.nanoTime();
            return ofTheMachine
                    ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                    : "";
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return "";
        }
    }

    private long readUptimeNanos() throws IOException {
        String figures = Files.readString(uptime, StandardCharsets.US_ASCII);
        double seconds = Double.parseDouble(figures.substring(0, figures.indexOf(' ')));
        return Math.round(seconds * 1000) * NANOS_A_MILLISECOND;
    }
}
