package io.headgate.manage;

/**
 * Settings of the management port ({@code management.*}).
 *
 * @param token bearer token; empty only while the port listens on loopback alone
 */
public record ManageSettings(String host, int port, String token) {
    public ManageSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("management.port cannot be " + port);
        }
    }

    /** Without the token, for it must not reach a log. */
    @Override
    public String toString() {
        return "ManageSettings[" + host + ":" + port + "]";
    }
}
