package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file of a {@link PretendDisk}, opened; guarded by that disk. */
final class PretendFile implements Disk.File {
    private static final int SECTOR = 512;

    private record Pending(long at, ByteBuffer bytes) {}

    /** What the disk knows of a file. */
    static final class Node {
        volatile String name;
        byte[] shown = new byte[0];
        byte[] durable = new byte[0];
        private final List<Pending> pending = new ArrayList<>();

        Node(String name) {
            this.name = name;
        }

        Node copy() {
            Node copy = new Node(name);
            copy.shown = shown.clone();
            copy.durable = durable.clone();
            copy.pending.addAll(pending);
            return copy;
        }

        /** What is left of it after the power was lost. */
        byte[] torn(Random random) {
            byte[] bytes = durable.clone();
            int mode = random.nextInt(4);
            for (Pending write : pending) {
                // less than a sector, for a small write, lest a slot that fits one be safe by luck
                int unit = write.bytes().capacity() < SECTOR ? SECTOR / 32 : SECTOR;
                for (int from = 0; from < write.bytes().capacity(); from += unit) {
                    if (mode == 0 || (mode > 1 && random.nextInt(mode) == 0)) {
                        int to = Math.min(from + unit, write.bytes().capacity());
                        bytes = with(
                                bytes,
                                write.at() + from,
                                Arrays.copyOfRange(write.bytes().array(), from, to));
                    }
                }
            }
            return bytes;
        }
    }

    private final PretendDisk disk;
    private final Node node;

    PretendFile(PretendDisk disk, Node node) {
        this.disk = disk;
        this.node = node;
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        synchronized (disk) {
            disk.check("write", node.name);
            long more = Math.max(0, at + from.remaining() - node.shown.length);
            long room = Math.max(0, disk.bytesMax() - disk.used());
            int count = (int) Math.min(
                    Math.min(from.remaining(), disk.writeMax()), from.remaining() - more + Math.min(more, room));
            if (count <= 0) {
                throw new IOException("No space left on device");
            }
            byte[] bytes = new byte[count];
            from.get(bytes);
            node.shown = with(node.shown, at, bytes);
            node.pending.add(new Pending(at, ByteBuffer.wrap(bytes)));
            return count;
        }
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        synchronized (disk) {
            disk.check("read", node.name);
            if (at >= node.shown.length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), node.shown.length - at);
            into.put(node.shown, (int) at, count);
            return count;
        }
    }

    @Override
    public void force() throws IOException {
        disk.slow().operation("force", node.name);
        synchronized (disk) {
            try {
                disk.check("force", node.name);
            } catch (IOException e) {
                if (!disk.isDead()) {
                    node.pending.clear();
                }
                throw e;
            }
            for (Pending write : node.pending) {
                node.durable = with(node.durable, write.at(), write.bytes().array());
            }
            node.pending.clear();
        }
    }

    @Override
    public void truncate(long bytes) throws IOException {
        synchronized (disk) {
            disk.check("truncate", node.name);
            node.shown = Arrays.copyOf(node.shown, (int) Math.min(bytes, node.shown.length));
            // durable at once: what is cut off is void, durably, before it is cut off
            node.durable = Arrays.copyOf(node.durable, (int) Math.min(bytes, node.durable.length));
        }
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            disk.check("size", node.name);
            return node.shown.length;
        }
    }

    @Override
    public void close() {}

    private static byte[] with(byte[] bytes, long at, byte[] written) {
        byte[] result = at + written.length <= bytes.length ? bytes : Arrays.copyOf(bytes, (int) at + written.length);
        System.arraycopy(written, 0, result, (int) at, written.length);
        return result;
    }
}
