package io.headgate.taxonomy;

/** What an array must be to be certainly valid. The rule for its items comes later, for it may lead back here. */
final class ItemsRule {
    private final int itemsMin;
    private final int itemsMax;
    private Rule item = Rule.ANY;

    ItemsRule(int itemsMin, int itemsMax) {
        this.itemsMin = itemsMin;
        this.itemsMax = itemsMax;
    }

    /** Called once, by the compiler, before any value is read. */
    void complete(Rule item) {
        this.item = item;
    }

    Rule item() {
        return item;
    }

    boolean fits(int items) {
        return items >= itemsMin && items <= itemsMax;
    }
}
