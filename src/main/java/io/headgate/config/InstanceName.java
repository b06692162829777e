package io.headgate.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a gateway that the configuration does not name: after its host, with a few random letters, because two gateways
 * of one host must not share a name in alerts. Kept below {@code data-dir}, so that a restart, or a host that gets
 * another name, changes nothing.
 */
public final class InstanceName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int HOST_CHARS_MAX = 50;
    private static final int RANDOM_BYTES = 3;

    private InstanceName() {}

    /** The same settings with a name; makes and keeps one where there is none yet. */
    public static Settings keptFor(Settings settings) throws IOException {
        Optional<String> known = known(settings);
        if (known.isPresent()) {
            return settings.named(known.get());
        }
        DataDirLock.make(settings.dataDir());
        Path file = file(settings);
        String made = make();
        Path fresh = file.resolveSibling("instance.new");
        Files.writeString(fresh, made + "\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return settings.named(made);
    }

    /** The name that is configured or was kept; empty where none was made yet. Changes nothing. */
    public static Optional<String> known(Settings settings) throws IOException {
        if (!settings.instance().isEmpty()) {
            return Optional.of(settings.instance());
        }
        try {
            return Optional.of(Files.readString(file(settings)).strip())
                    .filter(kept -> NAME.matcher(kept).matches());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Path file(Settings settings) {
        return settings.dataDir().resolve("instance");
    }

    private static String make() {
        String host = hostName().replaceAll("[^A-Za-z0-9._-]", "-");
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return host.substring(0, Math.min(host.length(), HOST_CHARS_MAX)) + "-"
                + HexFormat.of().formatHex(random);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "headgate";
        }
    }
}
