package io.headgate.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of PromQL names: its metrics, what it asks of their labels, and the labels that it groups by. No more
 * of the language is understood than that takes; what is not understood is an {@link IllegalArgumentException}, so that
 * nothing is passed over in silence. Grafana's variables may stand in ranges and texts.
 */
final class PromQl {
    private static final Pattern TOKEN = Pattern.compile(
            """
            (?<space>\\s+|\\#[^\\n]*)
            |(?<text>"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)
            |(?<number>(?:[0-9]+\\.?|\\.[0-9])[0-9a-zA-Z.]*)
            |(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)
            |(?<variable>\\$\\w+)
            |(?<sign>=~|!~|!=|==|<=|>=|[-+*/%^<>=(){}\\[\\],:@])
            """,
            Pattern.COMMENTS);
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2", "bool", "offset", "inf", "nan");
    private static final Set<String> BEFORE_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private final List<String> tokens;
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> grouping = new TreeSet<>();
    private int at;

    private PromQl(String expression) {
        this.tokens = tokens(expression);
        while (at < tokens.size()) {
            part();
        }
    }

    /**
     * A condition on a label.
     *
     * @param operator {@code = != =~ !~}
     */
    record Condition(String label, String operator, String value) {
        /** Whether a label of this value meets it. */
        boolean takes(String actual) {
            boolean same = operator.endsWith("~") ? actual.matches(value) : actual.equals(value);
            return same == operator.startsWith("=");
        }
    }

    /** A metric, and what is asked of its labels. */
    record Selector(String metric, List<Condition> conditions) {
        Selector {
            conditions = List.copyOf(conditions);
        }
    }

    static PromQl of(String expression) {
        return new PromQl(expression);
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** The labels in {@code by}, {@code on} and their like. */
    Set<String> grouping() {
        return grouping;
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int end = 0;
        while (end < expression.length()) {
            if (!matcher.find() || matcher.start() != end) {
                throw new IllegalArgumentException("not understood from character " + end + " on: " + expression);
            }
            end = matcher.end();
            if (matcher.group("space") == null) {
                tokens.add(matcher.group());
            }
        }
        return tokens;
    }

    private void part() {
        String token = next();
        if (token.equals("[")) {
            passBracket();
        } else if (token.equals("{")) {
            throw new IllegalArgumentException("a selector without the name of its metric: " + tokens);
        } else if (isName(token)) {
            name(token);
        }
    }

    private void name(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        if (BEFORE_LABELS.contains(word)) {
            labels();
        } else if (!OPERATORS.contains(word) && !isFunction()) {
            selectors.add(new Selector(name, peek().equals("{") ? conditions() : List.of()));
        }
    }

    /** Whether the name just read is one: {@code rate(}, {@code sum by (}. */
    private boolean isFunction() {
        String next = peek();
        return next.equals("(") || next.equals("by") || next.equals("without");
    }

    /** The labels in parentheses; {@code group_left} may stand without. */
    private void labels() {
        if (!peek().equals("(")) {
            return;
        }
        next();
        for (String label = next(); !label.equals(")"); label = next()) {
            if (isName(label)) {
                grouping.add(label);
            }
        }
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        next();
        while (!peek().equals("}")) {
            if (peek().equals(",")) {
                next();
                continue;
            }
            String label = next();
            String operator = next();
            String value = next();
            if (!isName(label) || !Set.of("=", "!=", "=~", "!~").contains(operator) || value.length() < 2) {
                throw new IllegalArgumentException("no condition on a label: " + label + operator + value);
            }
            conditions.add(new Condition(label, operator, value.substring(1, value.length() - 1)));
        }
        next();
        return conditions;
    }

    private void passBracket() {
        while (!next().equals("]")) {
            // a duration, a step, a variable
        }
    }

    private static boolean isName(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at == tokens.size()) {
            throw new IllegalArgumentException("ends in the middle: " + tokens);
        }
        return tokens.get(at++);
    }
}
