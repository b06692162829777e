package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Slice;
import io.headgate.process.RouteSettings.Condition;
import io.headgate.process.RouteSettings.Match;
import io.headgate.process.RouteSettings.Test;
import io.headgate.stream.StreamEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route's conditions take, and what they do not. */
class SelectorTest {
    private static final String EVENT =
            """
            {"event_id":"1","context":{"page":"/pricing/teams","campaign":null},
             "properties":{"amount":500.00,"seats":12345678901234567890,"trial":true,"plan":"pro","list":[1]}}""";

    @ParameterizedTest
    @CsvSource({
        "/context/page, CONTAINS, /pricing, true",
        "/context/page, CONTAINS, /Pricing, false",
        "/context/page, STARTS_WITH, /pricing, true",
        "/context/page, STARTS_WITH, pricing, false",
        "/properties/amount, AT_LEAST, 500, true",
        "/properties/amount, AT_LEAST, 500.01, false",
        "/properties/amount, AT_MOST, 500, true",
        "/properties/amount, AT_MOST, 499.99, false",
        "/properties/seats, AT_LEAST, 12345678901234567890, true",
        "/properties/seats, AT_LEAST, 12345678901234567891, false",
        "/properties/plan, AT_LEAST, 1, false",
        "/properties/plan, IN, pro, true",
        "/properties/plan, IN, free, false",
        "/properties/plan, NOT_IN, pro, false",
        "/properties/plan, NOT_IN, free, true",
        "/properties/trial, IN, true, true",
        "/properties/nothing, IN, x, false",
        "/properties/nothing, NOT_IN, x, true",
        "/properties/nothing, CONTAINS, x, false",
        "/properties/plan, PRESENT, x, true",
        "/properties/nothing, PRESENT, x, false",
        "/context/campaign, PRESENT, x, false",
        "/context/campaign, ABSENT, x, true",
        "/properties/plan, ABSENT, x, false",
        "/properties/list, IN, 1, false",
        "/properties/list/0, IN, 1, true",
    })
    void aConditionHoldsWhenTheFieldFulfilsIt(String field, Test test, String value, boolean takes) {
        Match match = new Match(List.of(), false, List.of(), List.of(new Condition(field, test, List.of(value))));

        assertThat(takes(match)).isEqualTo(takes);
    }

    @ParameterizedTest
    @CsvSource({
        "page_view, false, shop, true",
        "page_view, false, blog, false",
        "lead_submitted, false, shop, false",
        "'', true, shop, false",
        "'', false, '', true",
    })
    void everyPartOfAMatchMustTakeIt(String name, boolean leads, String source, boolean takes) {
        Match match = new Match(listOf(name), leads, listOf(source), List.of());

        assertThat(takes(match)).isEqualTo(takes);
    }

    @org.junit.jupiter.api.Test
    void oneOfSeveralMatchesIsEnough() {
        Match leads = new Match(List.of(), true, List.of(), List.of());
        Match pages = new Match(List.of("page_view"), false, List.of(), List.of());

        assertThat(takes(leads)).isFalse();
        assertThat(takes(leads, pages)).isTrue();
    }

    private static boolean takes(Match... matches) {
        Slice json = Slice.of(EVENT.getBytes(StandardCharsets.UTF_8));
        StreamEntry entry = new StreamEntry("1-0", "1-0", false, "page_view", "shop", 0, json);
        return new Selector(List.of(matches), name -> name.equals("lead_submitted"))
                .takes(entry, Json.object(json).orElseThrow());
    }

    private static List<String> listOf(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
