package io.headgate.taxonomy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an object must be to be certainly valid. Its known members are numbered, so that what was seen and what is
 * required are bits of a {@code long}. The members' rules come later, for they may lead back here.
 */
final class MembersRule {
    /** Members that can be told apart by a bit; one bit is left, so that all of them are still a positive number. */
    static final int KNOWN_MAX = 63;

    private final @Nullable String[] table;
    private final byte[] numbers;
    private final Rule[] rules;
    private final long required;
    private final int membersMin;
    private final int membersMax;
    private Rule additional = Rule.ANY;

    /** @param names of the known members, by number; at most {@value #KNOWN_MAX} */
    MembersRule(List<String> names, Set<String> required, int membersMin, int membersMax) {
        int slots = Integer.highestOneBit(Math.max(1, names.size())) * 4;
        this.table = new String[slots];
        this.numbers = new byte[slots];
        this.rules = new Rule[names.size()];
        Arrays.fill(rules, Rule.ANY);
        long bits = 0;
        for (int number = 0; number < names.size(); number++) {
            int slot = slot(names.get(number));
            while (table[slot] != null) {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = names.get(number);
            numbers[slot] = (byte) number;
            bits |= required.contains(names.get(number)) ? 1L << number : 0;
        }
        this.required = bits;
        this.membersMin = membersMin;
        this.membersMax = membersMax;
    }

    /** Called by the compiler, before any value is read. */
    void complete(int number, Rule rule) {
        rules[number] = rule;
    }

    /** Called once, by the compiler, before any value is read. */
    void completeAdditional(Rule rule) {
        additional = rule;
    }

    /** The number of a known member, or -1. */
    int number(String name) {
        int slot = slot(name);
        for (String known = table[slot]; known != null; known = table[slot]) {
            if (known.equals(name)) {
                return numbers[slot];
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return -1;
    }

    int known() {
        return rules.length;
    }

    Rule rule(int number) {
        return rules[number];
    }

    Rule additional() {
        return additional;
    }

    /** Whether an object with these known members, and so many in all, lacks nothing and has not too many. */
    boolean fits(long seen, int members) {
        return (seen & required) == required && members >= membersMin && members <= membersMax;
    }

    private int slot(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 15)) & (table.length - 1);
    }
}
