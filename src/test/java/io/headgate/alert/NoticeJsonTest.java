package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoticeJsonTest {
    static Stream<Notice> notices() {
        return FormatsTest.notices();
    }

    @ParameterizedTest
    @MethodSource("notices")
    void whatIsKeptIsReadBackAsItWas(Notice notice) {
        JsonObject kept = new JsonObject(NoticeJson.toJson(notice).encode());

        assertThat(NoticeJson.fromJson(kept)).isEqualTo(notice);
    }

    @Test
    void whatIsNoNoticeIsRefused() {
        JsonObject notice = NoticeJson.toJson(Notices.silent("n1", "shop"));

        for (String member : notice.fieldNames()) {
            if (!member.equals("last_lead") && !member.equals("was")) {
                JsonObject without = notice.copy();
                without.remove(member);
                assertThatThrownBy(() -> NoticeJson.fromJson(without))
                        .as(member)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> NoticeJson.fromJson(notice.copy().put(member, true)))
                    .as(member)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
