package io.headgate.embedded;

import java.nio.file.Path;

/** The configuration that an embedded server is started with. */
final class Conf {
    private Conf() {}

    /** The text of {@code redis.conf}; two servers whose texts are equal are the same to us. */
    static String text(Path dir, int port, long maxmemory) {
        return """
                # written by Headgate before each start of its embedded server; changes here are lost
                bind 127.0.0.1
                port %d
                dir %s
                logfile %s
                pidfile %s
                # an event is confirmed when it is on disk, and nothing is ever dropped to make room
                appendonly yes
                appendfsync always
                save ""
                maxmemory %d
                maxmemory-policy noeviction
                # the arguments of the process tell whose server it is: leave them as they were given
                set-proc-title no
                """
                .formatted(
                        port,
                        quoted(dir),
                        quoted(dir.resolve("redis.log")),
                        quoted(dir.resolve("redis.pid")),
                        maxmemory);
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
