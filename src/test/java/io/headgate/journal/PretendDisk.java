package io.headgate.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A disk in memory that can do what a real one will not show on demand: run full, write short, fail an fsync, be slow,
 * and lose its power at any operation.
 *
 * <pre>
 *   write  -> what the system shows, and a list of writes that are not durable yet
 *   force  -> all writes of the file are durable;  a force that fails forgets them: shown, never durable
 *   sync   -> creates, moves and deletes are durable
 *   power lost: each write that was not durable is kept, dropped, or torn into sectors; creates, moves and deletes
 *               that were not durable are kept up to a random one of them
 * </pre>
 */
final class PretendDisk implements Disk {
    /** What every operation asks first; may fail it. */
    interface Before {
        void operation(String what, String name) throws IOException;
    }

    /** A name that is not durable yet; without a file it is gone. */
    private record Change(String before, String name, PretendFile.Node node) {
        private void in(Map<String, PretendFile.Node> names) {
            names.remove(before);
            if (node != null) {
                names.put(name, node);
            }
        }

        private Change with(UnaryOperator<PretendFile.Node> copy) {
            return new Change(before, name, node == null ? null : copy.apply(node));
        }
    }

    private final Map<String, PretendFile.Node> shown = new HashMap<>();
    private final Map<String, PretendFile.Node> durable = new HashMap<>();
    private final List<Change> pendingNames = new ArrayList<>();
    private volatile Before slow = (what, name) -> {};
    private Before before = (what, name) -> {};
    private long bytesMax = Long.MAX_VALUE;
    private int writeMax = Integer.MAX_VALUE;
    private boolean dead;
    private int operations;

    synchronized void before(Before check) {
        before = check;
    }

    /** The same for a check that takes its time: it is asked before the disk is locked, so that others go on. */
    synchronized void beforeUnlocked(Before check) {
        slow = check;
    }

    Before slow() {
        return slow;
    }

    synchronized boolean has(String name) {
        return shown.containsKey(name);
    }

    /** How many bytes all files together may have. */
    synchronized void bytesMax(long max) {
        bytesMax = max;
    }

    /** How many bytes one write takes. */
    synchronized void writeMax(int max) {
        writeMax = max;
    }

    long bytesMax() {
        return bytesMax;
    }

    int writeMax() {
        return writeMax;
    }

    boolean isDead() {
        return dead;
    }

    synchronized int operations() {
        return operations;
    }

    /** The power is gone: whatever is done with the disk fails from now on. */
    synchronized void die() {
        dead = true;
    }

    /** What a process finds that starts after the one before was killed: everything it had written, durable or not. */
    synchronized PretendDisk afterKill() {
        PretendDisk next = new PretendDisk();
        IdentityHashMap<PretendFile.Node, PretendFile.Node> copies = new IdentityHashMap<>();
        UnaryOperator<PretendFile.Node> copy = node -> copies.computeIfAbsent(node, PretendFile.Node::copy);
        shown.forEach((name, node) -> next.shown.put(name, copy.apply(node)));
        durable.forEach((name, node) -> next.durable.put(name, copy.apply(node)));
        pendingNames.forEach(change -> next.pendingNames.add(change.with(copy)));
        return next;
    }

    /** What is left after the power was lost. */
    synchronized PretendDisk afterPowerLoss(Random random) {
        PretendDisk next = new PretendDisk();
        int kept = random.nextInt(pendingNames.size() + 1);
        Map<String, PretendFile.Node> left = new HashMap<>(durable);
        pendingNames.subList(0, kept).forEach(change -> change.in(left));
        left.forEach((name, node) -> next.put(name, node.torn(random)));
        return next;
    }

    /** A file's bytes, as they are shown. */
    synchronized byte[] bytes(String name) {
        return shown.get(name).shown.clone();
    }

    /** Puts a file there, durably. */
    synchronized void put(String name, byte[] bytes) {
        PretendFile.Node node = new PretendFile.Node(name);
        node.shown = bytes.clone();
        node.durable = bytes.clone();
        shown.put(name, node);
        durable.put(name, node);
    }

    @Override
    public synchronized List<String> names() throws IOException {
        check("names", "");
        return List.copyOf(shown.keySet());
    }

    @Override
    public synchronized File create(String name) throws IOException {
        check("create", name);
        PretendFile.Node node = new PretendFile.Node(name);
        shown.put(name, node);
        pendingNames.add(new Change(name, name, node));
        return new PretendFile(this, node);
    }

    @Override
    public synchronized File open(String name) throws IOException {
        check("open", name);
        PretendFile.Node node = shown.get(name);
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return new PretendFile(this, node);
    }

    @Override
    public File openToRead(String name) throws IOException {
        return open(name);
    }

    @Override
    public synchronized void move(String from, String to) throws IOException {
        check("move", from + " " + to);
        PretendFile.Node node = shown.remove(from);
        if (node == null) {
            throw new NoSuchFileException(from);
        }
        node.name = to;
        shown.put(to, node);
        pendingNames.add(new Change(from, to, node));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        check("delete", name);
        if (shown.remove(name) != null) {
            pendingNames.add(new Change(name, name, null));
        }
    }

    @Override
    public synchronized void sync() throws IOException {
        check("sync", "");
        pendingNames.forEach(change -> change.in(durable));
        pendingNames.clear();
    }

    @Override
    public synchronized long freeBytes() {
        return bytesMax - used();
    }

    @Override
    public void close() {}

    /** Counts an operation, and fails it where that is asked for. */
    void check(String what, String name) throws IOException {
        if (dead) {
            throw new IOException("the power is gone");
        }
        operations++;
        before.operation(what, name);
        if (dead) {
            throw new IOException("the power is gone");
        }
    }

    /** What all files have. */
    long used() {
        return shown.values().stream().mapToLong(node -> node.shown.length).sum();
    }
}
