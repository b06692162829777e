package io.headgate.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.docker.PromQl.Condition;
import io.headgate.docker.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds rules and dashboard to the gateway's metrics must itself miss none. */
class PromQlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up | up",
                "rate(a_total[5m]) | a_total",
                "sum by (le, route) (rate(a_bucket[$__rate_interval])) | a_bucket",
                "sum(rate(a_total[1m])) by (route) / b | a_total b",
                "histogram_quantile(0.99, sum(rate(a_bucket[5m])) by (le)) | a_bucket",
                "max_over_time(a[1h:15s] offset 5m) > bool 2.5e-3 | a",
                "a unless on (job, instance) b or ignoring (mode) c | a b c",
                "a * on (instance) group_left (version) b | a b",
                "a * on (instance) group_left b | a b",
                "a == inf or -b != NaN | a b",
                "vector(1) | ''",
                "a{x=\"b{c}\", y!~'d or e'} # and f | a",
                "job:a:rate5m @ 1609746000 | job:a:rate5m",
            })
    void everyMetricIsFoundAndNothingElse(String expression, String metrics) {
        assertThat(PromQl.of(expression).selectors().stream().map(Selector::metric))
                .containsExactlyInAnyOrder(metrics.isEmpty() ? new String[0] : metrics.split(" ", -1));
    }

    @Test
    void whatIsAskedOfLabelsIsKnown() {
        PromQl read = PromQl.of("sum by (route) (a{end=\"dead\", route=~\"$route\",}) * on (job) b");

        assertThat(read.selectors())
                .containsExactly(
                        new Selector(
                                "a",
                                List.of(new Condition("end", "=", "dead"), new Condition("route", "=~", "$route"))),
                        new Selector("b", List.of()));
        assertThat(read.grouping()).containsExactly("job", "route");
    }

    @ParameterizedTest
    @CsvSource({"=,a,a,true", "=,a,b,false", "!=,a,b,true", "=~,a|b,b,true", "=~,a,ab,false", "!~,a.*,ab,false"})
    void aConditionIsWhatPrometheusTakesItFor(String operator, String value, String actual, boolean takes) {
        assertThat(new Condition("l", operator, value).takes(actual)).isEqualTo(takes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{job=\"a\"}", "a{b}", "a ; b", "rate(a[5m", "a{b=\"c\""})
    void whatIsNotUnderstoodIsNotPassedOver(String expression) {
        assertThatThrownBy(() -> PromQl.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }
}
