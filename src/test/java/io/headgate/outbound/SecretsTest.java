package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final Secrets SECRETS = new Secrets(
            URI.create("https://hooks.example/services/T01234567/B01234567/a%2Bsecret%2Btoken?key=0123456789&to=me"),
            List.of("routing-key-1", "short", ""));

    @Test
    void keysAndTheAddressAndItsPartsAreHidden() {
        assertThat(SECRETS.hide("routing-key-1 is short")).isEqualTo("*** is ***");
        assertThat(
                        SECRETS.hide(
                                "no https://hooks.example/services/T01234567/B01234567/a%2Bsecret%2Btoken?key=0123456789&to=me"))
                .isEqualTo("no ***");
        assertThat(SECRETS.hide("no /services/T01234567/B01234567/a+secret+token here"))
                .isEqualTo("no *** here");
        assertThat(SECRETS.hide("team T01234567, hook B01234567, a+secret+token, 0123456789"))
                .isEqualTo("team ***, hook ***, ***, ***");
        assertThat(SECRETS.hide("\\/T01234567\\/B01234567")).isEqualTo("\\/***\\/***");
    }

    @Test
    void theHostIsShownAndOrdinaryWordsToo() {
        assertThat(SECRETS.hide("hooks.example says: no key for me")).isEqualTo("hooks.example says: no key for me");
        assertThat(new Secrets(URI.create("http://am:9093/"), List.of()).hide("am/9093: bad"))
                .isEqualTo("am/9093: bad");
    }

    @Test
    void anExcerptIsOneLineOfWhatCanBePrinted() {
        assertThat(SECRETS.excerpt(" <p>\r\n\tno\u0000\u001b[31m ünï \uD83D\uDE80 </p> ", 200))
                .isEqualTo("<p> no [31m ünï 🚀 </p>");
        assertThat(SECRETS.excerpt("", 200)).isEmpty();
    }

    @Test
    void anExcerptIsCutBetweenCharactersAndBehindTheSecrets() {
        assertThat(SECRETS.excerpt("🚀".repeat(201), 200)).isEqualTo("🚀".repeat(200) + "...");
        assertThat(SECRETS.excerpt("x".repeat(195) + "routing-key-1", 200)).isEqualTo("x".repeat(195) + "***");
        assertThat(SECRETS.excerpt("x".repeat(199) + "routing-key-1", 200)).isEqualTo("x".repeat(199) + "*...");
    }
}
