package io.headgate.taxonomy;

import java.util.List;

/** A taxonomy that cannot be used. It says everything that is wrong with it, so that it can be mended in one go. */
public final class TaxonomyException extends Exception {
    private final List<String> faults;

    TaxonomyException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** At least one sentence; each begins with the name of the file at fault and says what is allowed. */
    public List<String> faults() {
        return faults;
    }
}
