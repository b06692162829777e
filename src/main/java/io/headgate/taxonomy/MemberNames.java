package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names met in the objects that are open, innermost last, so that a repeated one is found. Only names that no rule
 * knows come here; known ones have a bit.
 *
 * <p>A few names are compared one by one, which is faster than any hashing; from {@value #COMPARED_MAX} on an object
 * gets a set of its own, so that ten thousand names cost ten thousand look-ups and not their square.
 */
final class MemberNames {
    private static final int COMPARED_MAX = 16;

    private String[] names = new String[COMPARED_MAX * 4];
    private int size;

    /** Begins an object. What is returned is handed to {@link #add} and {@link #close}. */
    int open() {
        return size;
    }

    /**
     * Notes a name of the innermost object.
     *
     * @param many the set of that object as the last call returned it, null at first
     * @throws DuplicateKeyException if the object has it already
     */
    @Nullable
    Set<String> add(JsonParser parser, String name, int start, @Nullable Set<String> many)
            throws DuplicateKeyException {
        if (many != null) {
            if (!many.add(name)) {
                throw new DuplicateKeyException(parser);
            }
            return many;
        }
        for (int i = start; i < size; i++) {
            if (names[i].equals(name)) {
                throw new DuplicateKeyException(parser);
            }
        }
        if (size - start == COMPARED_MAX) {
            Set<String> set = new HashSet<>(Arrays.asList(names).subList(start, size));
            set.add(name);
            return set;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
        }
        names[size++] = name;
        return null;
    }

    /** Ends the object that began with {@code start}. */
    void close(int start) {
        size = start;
    }

    /** Forgets objects that an exception left open. */
    void reset() {
        size = 0;
    }
}
