package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Mends segments without losing a byte.
 *
 * <pre>
 *   N.seg, corrupt -> copied to dead/N.seg, durable -> its whole records written to "repair", durable -> moved to N.seg
 * </pre>
 *
 * <p>Interrupted anywhere it can be begun anew: N.seg is the old file or the new one, and the old one is under
 * {@code dead/} before.
 */
final class Repair {
    private static final String FILE = "repair";
    private static final int COPY_BYTES = 1 << 20;

    private final Disk disk;

    Repair(Disk disk) {
        this.disk = disk;
    }

    void rewrite(Segment segment) throws IOException {
        try (Disk.File old = disk.openToRead(segment.name())) {
            try (Disk.File copy = disk.create(Dead.freeName(disk, segment.name()))) {
                copy(old, copy);
            }
            disk.sync();
            try (Disk.File clean = disk.create(FILE)) {
                records(old, segment, clean);
            }
        }
        disk.move(FILE, segment.name());
        disk.sync();
    }

    void putAside(String name) throws IOException {
        disk.move(name, Dead.freeName(disk, name));
        disk.sync();
    }

    private static void copy(Disk.File from, Disk.File to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(COPY_BYTES);
        for (long at = 0; at < from.size(); at += COPY_BYTES) {
            Disk.readFully(from, bytes.clear(), at);
            Disk.writeFully(to, bytes.flip(), at);
        }
        to.force();
    }

    private static void records(Disk.File from, Segment segment, Disk.File to) throws IOException {
        SegmentHeader header = segment.header();
        long at = header.bytes();
        Disk.writeFully(to, header.encode(), 0);
        Scan scan = new Scan(from, header, at, Math.min(segment.validBytes(), from.size()));
        while (scan.next()) {
            byte[] payload = scan.payload();
            ByteBuffer record = ByteBuffer.allocate((int) RecordFormat.bytes(payload));
            RecordFormat.putHeader(record, header.salt(), scan.channel(), scan.sequence(), payload);
            Disk.writeFully(to, record.put(payload).flip(), at);
            at += record.capacity();
        }
        to.force();
    }
}
