package io.headgate.load;

import io.headgate.RealRedis;
import io.headgate.stream.CallTemplate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Feeds the append script and does nothing else: the most that any gateway could reach on this machine with this Redis.
 * One thread and one connection for each partition, calls of a fixed size, all ids new.
 *
 * <p>Arguments, as {@code name=value}: {@code partitions} 4, {@code batch} 50 events a call, {@code depth} 1 call in
 * flight for a partition, {@code bytes} 470 an event, {@code seconds} 10, {@code fsync} {@code none}, {@code everysec}
 * or {@code always}.
 */
public final class BareFeeder {
    private static final int WARM_UP_SECONDS = 3;

    private final int port;
    private final int batch;
    private final int depth;
    private final int bytes;

    private BareFeeder(int port, Options options) {
        this.port = port;
        this.batch = options.number("batch", 50);
        this.depth = options.number("depth", 1);
        this.bytes = options.number("bytes", 470);
    }

    public static void main(String... arguments) throws InterruptedException {
        Options options = new Options(arguments);
        int partitions = options.number("partitions", 4);
        int seconds = options.number("seconds", 10);
        try (RealRedis redis = RealRedis.start(redisOptions(options.text("fsync", "none")))) {
            redis.command("SCRIPT", "LOAD", CallTemplate.script());
            BareFeeder feeder = new BareFeeder(redis.port(), options);
            feeder.run(partitions, WARM_UP_SECONDS);
            double cpu = RedisCpu.seconds(redis);
            Lane[] lanes = feeder.run(partitions, seconds);
            double used = RedisCpu.seconds(redis) - cpu;
            report(lanes, feeder.batch, seconds, used);
        }
    }

    private static String[] redisOptions(String fsync) {
        return fsync.equals("none") ? new String[] {} : new String[] {"--appendonly", "yes", "--appendfsync", fsync};
    }

    private Lane[] run(int partitions, int seconds) throws InterruptedException {
        Lane[] lanes = new Lane[partitions];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int p = 0; p < partitions; p++) {
            lanes[p] = new Lane(p, end);
            lanes[p].start();
        }
        for (Lane lane : lanes) {
            lane.join();
        }
        return lanes;
    }

    private static void report(Lane[] lanes, int batch, int seconds, double cpuSeconds) {
        List<Long> times = new ArrayList<>();
        for (Lane lane : lanes) {
            times.addAll(lane.callNanos);
        }
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        long events = (long) sorted.length * batch;
        System.out.printf(
                "events/s=%d redis-cpu-us/event=%.2f call-ms-p50=%.2f call-ms-p99=%.2f events=%d%n",
                events / seconds,
                cpuSeconds * 1e6 / events,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                events);
    }

    /** The feeder of one partition. */
    private final class Lane extends Thread {
        private final int partition;
        private final long end;
        private final List<Long> callNanos = new ArrayList<>();

        Lane(int partition, long end) {
            super("feeder-" + partition);
            this.partition = partition;
            this.end = end;
        }

        @Override
        public void run() {
            CallTemplate call = new CallTemplate("feeder", partition, batch, bytes, System.nanoTime() + partition);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                feed(call, socket.getOutputStream(), new BufferedInputStream(socket.getInputStream()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void feed(CallTemplate call, OutputStream out, InputStream in) throws IOException {
            long[] sent = new long[depth];
            int first = 0;
            int inFlight = 0;
            while (inFlight > 0 || System.nanoTime() < end) {
                while (inFlight < depth && System.nanoTime() < end) {
                    sent[(first + inFlight) % depth] = System.nanoTime();
                    out.write(call.next());
                    inFlight++;
                }
                if (inFlight > 0) {
                    expectAllStored(in);
                    callNanos.add(System.nanoTime() - sent[first]);
                    first = (first + 1) % depth;
                    inFlight--;
                }
            }
        }

        private void expectAllStored(InputStream in) throws IOException {
            byte[] answer = in.readNBytes(6);
            if (!Arrays.equals(answer, new byte[] {'$', '0', '\r', '\n', '\r', '\n'})) {
                throw new IOException(
                        "not all stored: " + new String(answer, java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
    }
}
