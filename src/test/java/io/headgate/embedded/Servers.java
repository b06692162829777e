package io.headgate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Redis servers on a directory, counted by what the system knows of them: not the way that the room itself looks. */
final class Servers {
    private Servers() {}

    /** Processes whose working directory it is, without zombies. */
    static List<ProcessHandle> on(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return List.of();
        }
        Path real = dir.toRealPath();
        List<ProcessHandle> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (worksIn(process.pid(), real)) {
                found.add(process);
            }
        }
        return found;
    }

    private static boolean worksIn(long pid, Path dir) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(dir);
        } catch (IOException e) {
            return false; // gone meanwhile, or a zombie
        }
    }
}
