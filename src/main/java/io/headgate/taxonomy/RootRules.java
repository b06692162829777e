package io.headgate.taxonomy;

import java.util.Map;

final class RootRules {
    private final Map<String, EventType> types;

    private RootRules(Map<String, EventType> types) {
        this.types = types;
    }

    static RootRules compile(Documents documents, String envelope, Map<String, EventType> types) {
        return new RootRules(types);
    }

    Map<String, EventType> types() {
        return types;
    }
}
