package io.headgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * What the client knows: which events it sent, and which were answered as stored. A bit for each event, and a line of a
 * file that is only appended to for each answered one, written after its answer was read. Safe for use by any thread.
 */
final class Ledger implements AutoCloseable {
    private final BitSet[] sent;
    private final BitSet[] answered;
    private final Writer file;
    private long accepted;
    private long duplicate;

    private Ledger(int sessions, Writer file) {
        if (sessions < 1 || sessions > Numbered.SESSIONS_MAX) {
            throw new IllegalArgumentException("1 to " + Numbered.SESSIONS_MAX + " sessions, not " + sessions);
        }
        this.sent = bits(sessions);
        this.answered = bits(sessions);
        this.file = file;
    }

    /** One that writes its lines, {@code session number}, to a new file. */
    static Ledger to(Path file, int sessions) throws IOException {
        return new Ledger(sessions, Files.newBufferedWriter(file));
    }

    /** One without a file, for runs of millions of events. */
    static Ledger inMemory(int sessions) {
        return new Ledger(sessions, Writer.nullWriter());
    }

    int sessions() {
        return sent.length;
    }

    synchronized void sent(long... identities) {
        for (long identity : identities) {
            sent[Numbered.session(identity)].set(Numbered.number(identity));
        }
    }

    /** All of these were answered as accepted or duplicate. */
    synchronized void answered(Client.Answer answer, long... identities) {
        accepted += answer.accepted();
        duplicate += answer.duplicate();
        try {
            for (long identity : identities) {
                answered[Numbered.session(identity)].set(Numbered.number(identity));
                file.write(Numbered.session(identity) + " " + Numbered.number(identity) + "\n");
            }
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Events answered as accepted, each time counted. */
    synchronized long accepted() {
        return accepted;
    }

    synchronized long duplicate() {
        return duplicate;
    }

    /** Different events that were answered as stored. */
    synchronized long ids() {
        long ids = 0;
        for (BitSet session : answered) {
            ids += session.cardinality();
        }
        return ids;
    }

    synchronized boolean wasSent(long identity) {
        int session = Numbered.session(identity);
        return session < sent.length && sent[session].get(Numbered.number(identity));
    }

    /** The answered events of a session that are not among these. */
    synchronized BitSet missing(int session, BitSet found) {
        BitSet missing = (BitSet) answered[session].clone();
        missing.andNot(found);
        return missing;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static BitSet[] bits(int sessions) {
        BitSet[] bits = new BitSet[sessions];
        for (int i = 0; i < sessions; i++) {
            bits[i] = new BitSet();
        }
        return bits;
    }
}
