package io.headgate.load;

import io.headgate.RealRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The event streams on a Redis, read in pages, so that memory does not depend on their length. */
final class Streams {
    static final int PARTITIONS = 4;
    private static final String PAGE = "1000";

    private final int port;

    Streams(int port) {
        this.port = port;
    }

    /** Is shown the entries of the streams, one after the other, in order. */
    interface Reader {
        /** The field {@code event} of an entry. */
        void entry(int partition, byte[] event);
    }

    void read(Reader reader) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String last = "-";
            List<?> page = page(partition, last);
            while (!page.isEmpty()) {
                for (Object each : page) {
                    List<?> entry = (List<?>) each;
                    List<?> fields = (List<?>) entry.get(1);
                    String event = (String) fields.get(fields.indexOf("event") + 1);
                    reader.entry(partition, event.getBytes(StandardCharsets.ISO_8859_1));
                    last = "(" + entry.get(0);
                }
                page = page(partition, last);
            }
        }
    }

    /** Entries on all streams. */
    long length() {
        long length = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            length += (Long) RealRedis.ask(port, "XLEN", key(partition));
        }
        return length;
    }

    /** A route's books, over all partitions; a line that is not there is 0. */
    Map<String, Long> books(String route) {
        Map<String, Long> books = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<?> lines = (List<?>) RealRedis.ask(port, "HGETALL", "{headgate:" + partition + "}:route:" + route);
            for (int i = 0; i < lines.size(); i += 2) {
                books.merge((String) lines.get(i), Long.valueOf((String) lines.get(i + 1)), Long::sum);
            }
        }
        return books;
    }

    /** The processes that read for a route, by partition; empty for one that nobody reads. */
    List<String> owners(String route) {
        List<String> owners = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Object owner = RealRedis.ask(port, "GET", "{headgate:" + partition + "}:route:" + route + ":owner");
            owners.add(owner == null ? "" : (String) owner);
        }
        return owners;
    }

    /** What of a route's books does not balance. */
    List<String> imbalances(String route) {
        Map<String, Long> books = books(route);
        ToLongFunction<String> line = name -> books.getOrDefault(name, 0L);
        long in = line.applyAsLong("acknowledged") + line.applyAsLong("again");
        long out = Stream.of("delivered", "filtered", "dead", "gone")
                .mapToLong(line)
                .sum();
        return in == out ? List.of() : List.of("acknowledged and again are " + in + ", what became of them " + out);
    }

    /** A field of INFO, or an empty text. */
    String info(String section, String field) {
        String info = (String) RealRedis.ask(port, "INFO", section);
        return info.lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private List<?> page(int partition, String from) {
        return (List<?>) RealRedis.ask(port, "XRANGE", key(partition), from, "+", "COUNT", PAGE);
    }

    private static String key(int partition) {
        return "{headgate:" + partition + "}:events";
    }
}
