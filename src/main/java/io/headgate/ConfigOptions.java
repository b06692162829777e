package io.headgate;

import io.headgate.config.ConfigException;
import io.headgate.config.ConfigFault;
import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. picocli fills the fields in, so they are not final. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration; without it conf/headgate.yaml if it is there, else the one in the jar")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one setting, such as http.port=9000; repeatable")
    private List<String> settings = new ArrayList<>();

    /** Whether any was given. */
    boolean given() {
        return config != null || !settings.isEmpty();
    }

    /** The settings that hold; or every fault is printed, and nothing comes back. */
    Optional<Settings> read(PrintWriter faults) {
        try {
            return Optional.of(
                    new SettingsReader(System.getenv(), Runtime.getRuntime().maxMemory())
                            .read(Optional.ofNullable(config), settings));
        } catch (ConfigException e) {
            faults.println("the configuration is refused:");
            for (ConfigFault fault : e.faults()) {
                faults.println("  " + fault);
            }
            faults.flush();
            return Optional.empty();
        }
    }
}
