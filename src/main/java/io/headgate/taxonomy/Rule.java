package io.headgate.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * What a value must be for it to be certainly valid: one node of the acceptor, made by {@link RuleCompiler} of one or
 * several schemas that all apply to the value. A part that is null asks nothing.
 *
 * @param kinds the {@link Kinds} of values that may be certain at all; a keyword that the acceptor does not know takes
 *     away those it could concern
 */
record Rule(
        int kinds,
        @Nullable TextRule text,
        @Nullable NumberRule number,
        @Nullable ItemsRule items,
        @Nullable MembersRule members) {
    /** Every value is valid; also for values whose validity does not matter any more. */
    static final Rule ANY = new Rule(Kinds.ALL, null, null, null, null);
}
