package io.headgate;

import io.headgate.journal.Inspector;
import io.headgate.journal.SegmentReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code headgate journal} prints of segments, and their sums. */
final class JournalLines {
    private final PrintWriter out;
    private long records;
    private long waiting;
    private long lost;
    private long corruptRegions;
    private long tornBytes;
    private long bytes;

    JournalLines(PrintWriter out) {
        this.out = out;
    }

    /** Prints it and adds it up. */
    void segment(SegmentReport report) {
        print(report);
        count(report);
    }

    void print(SegmentReport report) {
        String channels = report.ranges().stream()
                .map(range -> " channel-" + range.channel() + "=" + range.first() + ".." + range.last())
                .collect(Collectors.joining());
        out.println(report.name() + " created=" + Instant.ofEpochMilli(report.createdMillis()) + " used="
                + report.usedBytes() + " of=" + report.fileBytes() + " records=" + report.records() + " waiting="
                + report.waiting() + channels + faults(report));
    }

    void count(SegmentReport report) {
        records += report.records();
        waiting += report.waiting();
        lost += report.lost();
        corruptRegions += report.corrupt().size();
        tornBytes += report.tornBytes();
        bytes += report.fileBytes();
    }

    /**
     * Prints the sums.
     *
     * @return whether all is as it was written; a torn tail is, for that was never answered
     */
    boolean summary(Inspector inspector) {
        out.println("confirmed: "
                + inspector.confirmed().map(JournalLines::byChannel).orElse("the cursor cannot be read"));
        for (String name : inspector.unreadable()) {
            out.println(name + " no header is whole, nothing in it can be read");
        }
        out.println("segments=" + inspector.segments() + " bytes=" + bytes + " records=" + records + " waiting="
                + waiting
                + " lost=" + lost + " corrupt-regions=" + corruptRegions + " torn-bytes=" + tornBytes + " unreadable="
                + inspector.unreadable().size() + " void=" + inspector.voids().size() + " dead="
                + inspector.deadFiles());
        boolean cursorGone = inspector.confirmed().isEmpty() && inspector.segments() > 0;
        return lost == 0 && corruptRegions == 0 && inspector.unreadable().isEmpty() && !cursorGone;
    }

    private static String faults(SegmentReport report) {
        String torn = report.tornBytes() == 0 ? "" : " torn-bytes=" + report.tornBytes();
        String lost = report.lost() == 0 ? "" : " lost=" + report.lost();
        return report.corrupt().isEmpty() ? torn + lost : torn + lost + " corrupt=" + report.corrupt();
    }

    private static String byChannel(List<Long> confirmed) {
        return confirmed.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
