package io.headgate.process;

/**
 * What a process is called among those that share the work.
 *
 * @param name such as {@code gateway-1/6f1c2d3e}; no other has it, nor had one ever
 * @param before name of one that is gone for sure, so that nobody has to wait until its leases run out; empty: none
 */
public record ProcessName(String name, String before) {
    public ProcessName {
        if (name.isEmpty() || name.equals(before)) {
            throw new IllegalArgumentException("a process needs a name of its own: " + name);
        }
    }
}
