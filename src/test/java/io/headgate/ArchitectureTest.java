package io.headgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The plan of the house: which room may use which, and which library lives where. */
class ArchitectureTest {
    private static final String ROOT = "io.headgate";
    /** Behind a fence beside rooms: the command line. */
    private static final String TOP_FLOOR = "";

    /** Room, and the rooms it may use. A room that is not named here fails the build. */
    private static final Map<String, Set<String>> PLAN = plan(
            """
            config      -> http manage ingest deliver quarantine process destination alert stream journal embedded taxonomy event time
            http        -> ingest event meter time
            manage      -> ingest deliver drain quarantine process destination alert stream journal taxonomy meter time event
            ingest      -> taxonomy deliver quarantine event meter time
            drain       -> deliver stream journal event meter time
            deliver     -> stream journal event meter time
            quarantine  -> stream event meter time
            process     -> destination stream event meter time
            destination -> outbound event meter time
            taxonomy    -> event
            stream      -> event meter time
            journal     -> event meter time
            embedded    -> event meter time
            alert       -> outbound event meter time
            outbound    -> time
            meter       ->
            time        ->
            event       ->
            """);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyRoomUsesOnlyTheRoomsThatThePlanAllows() {
        Set<String> trespasses = new TreeSet<>();
        for (JavaClass user : CLASSES) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                String from = room(user);
                String to = room(dependency.getTargetClass());
                if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
                    continue;
                }
                if (!PLAN.getOrDefault(from, Set.of()).contains(to)) {
                    trespasses.add(from + " -> " + to + ": " + dependency.getDescription());
                }
            }
        }

        assertThat(trespasses).isEmpty();
    }

    @Test
    void thePlanNamesEveryRoomAndNoOther() {
        Set<String> rooms = CLASSES.stream()
                .map(ArchitectureTest::room)
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rooms).isEqualTo(new TreeSet<>(PLAN.keySet()));
    }

    @Test
    void noRoomUsesTheTopFloor() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void noCircleOfRooms() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void librariesStayBehindTheirFences() {
        fence("io.vertx.ext.web..", "http", "manage");
        fence("io.vertx.redis..", "stream");
        fence("io.vertx.pgclient..", "destination");
        fence("io.vertx.sqlclient..", "destination");
        fence("redis.embedded..", "embedded");
        fence("io.github.resilience4j..", "deliver", "process");
        fence("java.nio.channels..", "journal", "alert", "embedded", "quarantine", "config", "destination");
        fence("io.micrometer..", "meter");
        fence("com.networknt..", "taxonomy");
        fence("com.google.re2j..", "taxonomy");
        fence("org.yaml..", "config");
        fence("java.net.http..", "alert", "destination", TOP_FLOOR);
    }

    @Test
    void onlyTheTimeRoomReadsTheClocks() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".time..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void eventAndTaxonomyAreFreeOfInputAndOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".event..", ROOT + ".taxonomy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "io.vertx..", "io.netty..")
                .check(CLASSES);
    }

    private static void fence(String library, String... rooms) {
        String[] packages = Arrays.stream(rooms)
                .map(room -> room.equals(TOP_FLOOR) ? ROOT : ROOT + "." + room + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT + ".")) {
            return "";
        }
        String below = name.substring(ROOT.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private static Map<String, Set<String>> plan(String table) {
        Map<String, Set<String>> plan = new TreeMap<>();
        for (String line : table.strip().split("\n", -1)) {
            String[] sides = line.split("->", -1);
            String allowed = sides[1].strip();
            plan.put(sides[0].strip(), allowed.isEmpty() ? Set.of() : Set.of(allowed.split(" +", -1)));
        }
        return plan;
    }
}
