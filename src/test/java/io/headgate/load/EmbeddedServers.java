package io.headgate.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Redis servers on a directory, found by their working directory: not the way that the gateway looks for them. */
final class EmbeddedServers {
    private EmbeddedServers() {}

    /** Their process ids, without the children that rewrite an append-only file. */
    static List<Long> on(Path dir) {
        List<ProcessHandle> all = ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, dir))
                .toList();
        Set<Long> pids = all.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        return all.stream()
                .filter(process -> process.parent()
                        .map(parent -> !pids.contains(parent.pid()))
                        .orElse(true))
                .map(ProcessHandle::pid)
                .toList();
    }

    /**
     * Those of them that are no servers: a child that rewrites goes on when its server is killed, until it next reports
     * to it. It names itself so, listens nowhere, and writes only a file of its own, which it may leave behind.
     */
    static List<Long> orphans(Path dir) {
        return on(dir).stream().filter(EmbeddedServers::rewrites).toList();
    }

    private static boolean rewrites(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).startsWith("redis-aof-rewrite");
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    private static boolean worksIn(ProcessHandle process, Path dir) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .equals(dir.toRealPath());
        } catch (IOException e) {
            return false; // gone meanwhile, another user's, or a zombie; or there is no directory yet
        }
    }
}
