package io.headgate.http;

import org.jspecify.annotations.Nullable;

/** The public API: every path that the door knows, as {@code openapi.json} describes it. */
enum Route {
    EVENTS("/v1/events", "POST", "OPTIONS"),
    SCHEMAS("/v1/schema", "GET", "HEAD"),
    SCHEMA("/v1/schema/{event_name}", "GET", "HEAD"),
    OPENAPI("/openapi.json", "GET", "HEAD"),
    LIVEZ("/livez", "GET", "HEAD"),
    READYZ("/readyz", "GET", "HEAD");

    private static final String SCHEMA_PREFIX = "/v1/schema/";

    private final String template;
    private final String main;
    private final String beside;

    Route(String template, String main, String beside) {
        this.template = template;
        this.main = main;
        this.beside = beside;
    }

    /** The route of a path; null when there is none. */
    static @Nullable Route of(String path) {
        return switch (path) {
            case "/v1/events" -> EVENTS;
            case "/v1/schema" -> SCHEMAS;
            case "/openapi.json" -> OPENAPI;
            case "/livez" -> LIVEZ;
            case "/readyz" -> READYZ;
            default -> path.startsWith(SCHEMA_PREFIX) && path.length() > SCHEMA_PREFIX.length() ? SCHEMA : null;
        };
    }

    /** The event type that a path of {@link #SCHEMA} names. */
    static String eventName(String path) {
        return path.substring(SCHEMA_PREFIX.length());
    }

    /** The path as a template of OpenAPI. */
    String template() {
        return template;
    }

    /** Its methods, as the {@code Allow} header has them. */
    String allow() {
        return main + ", " + beside;
    }

    boolean allows(String method) {
        return method.equals(main) || method.equals(beside);
    }
}
