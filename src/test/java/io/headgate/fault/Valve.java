package io.headgate.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The one place that the bytes of one direction go through, over all connections. Safe for use by any thread. */
final class Valve {
    private static final long LOOK_EVERY_MILLIS = 50;

    private final AtomicLong carried = new AtomicLong();
    private Rule rule = Rule.PASS;

    synchronized void set(Rule next) {
        rule = next;
        notifyAll();
    }

    long carried() {
        return carried.get();
    }

    /**
     * Does with a piece what the rule says; blocks while it is kept.
     *
     * @param from where the piece came from: when that is closed it is kept no longer
     * @return whether the connection goes on
     */
    boolean carry(byte[] bytes, int length, Socket from, OutputStream out) throws IOException {
        Rule now = ruleWhenLetGo(length, from);
        switch (now.kind()) {
            case PASS, STALL -> write(bytes, 0, length, out);
            case DELAY -> {
                LockSupport.parkNanos(now.delay().toNanos());
                write(bytes, 0, length, out);
            }
            case SLICE -> {
                for (int i = 0; i < length; i++) {
                    write(bytes, i, 1, out);
                }
            }
            case SWALLOW -> {}
            case CUT -> {
                write(bytes, 0, (int) Math.min(length, now.bytes()), out);
                return length < now.bytes();
            }
        }
        return true;
    }

    /** The rule for this piece, once no stall holds it. A cut is used up here, so that one piece alone meets it. */
    private synchronized Rule ruleWhenLetGo(int length, Socket from) {
        while (rule.kind() == Rule.Kind.STALL && !from.isClosed()) {
            try {
                wait(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return rule;
            }
        }
        if (from.isClosed()) {
            return Rule.cut(0); // by a reset: what was kept is lost
        }
        Rule now = rule;
        if (now.kind() == Rule.Kind.CUT) {
            rule = length < now.bytes() ? Rule.cut(now.bytes() - length) : Rule.PASS;
        }
        return now;
    }

    private void write(byte[] bytes, int from, int length, OutputStream out) throws IOException {
        carried.addAndGet(length);
        out.write(bytes, from, length);
    }
}
