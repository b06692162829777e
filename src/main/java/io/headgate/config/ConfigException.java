package io.headgate.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is refused; holds every fault that was found, not only the first. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigFault> faults;

    ConfigException(List<ConfigFault> faults) {
        super(faults.stream().map(ConfigFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** In the order in which they were found; at least one. */
    public List<ConfigFault> faults() {
        return faults;
    }
}
