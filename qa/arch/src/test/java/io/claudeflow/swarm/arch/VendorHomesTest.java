package io.claudeflow.swarm.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vendor types live in few places, so that one can be replaced, and so that nobody leans on what we do not promise. */
class VendorHomesTest {
    /**
     * A vendor and where its types may be named.
     *
     * @param types   packages of the vendor
     * @param homes   packages of ours
     * @param because the reason
     */
    record Home(List<String> types, List<String> homes, String because) {
        ArchRule rule() {
            return noClasses().that()
                    .resideOutsideOfPackages(homes.toArray(String[]::new))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(types.toArray(String[]::new))
                    .because(because);
        }
    }

    static List<Home> homes() {
        return List.of(
                new Home(List.of("com.hazelcast..", "io.vertx.spi.cluster.."), List.of("..kit.cluster"),
                        "the bus holds no truth: no Hazelcast locks, counters or maps"),
                new Home(List.of("io.vertx.core.shareddata.."), List.of("..kit.cluster"),
                        "the bus holds no truth: no cluster-wide locks, counters or maps"),
                new Home(List.of("io.vertx.core.eventbus.."), List.of("..kit.bus", "..kit.cluster"),
                        "the bus is spoken to through typed channels"),
                new Home(List.of("io.opentelemetry.."), List.of("..kit.trace"), "spans are declared in our own words"),
                new Home(List.of("io.micrometer..", "io.prometheus.."), List.of("..kit.metrics"),
                        "names of metrics are served to the letter"),
                new Home(List.of("ch.qos.logback.."), List.of("..kit.log", "..swarm.local..", "..swarm.cli.."),
                        "services log through SLF4J; who hosts several pods in a JVM sorts their lines"),
                new Home(List.of("org.apache.ratis.."), List.of("..hivemind.adapter.raft.."),
                        "the ledger knows no consensus library"),
                new Home(List.of("io.javaoperatorsdk.."), List.of("..operator..", "..swarm.api.."),
                        "only the operator reconciles"),
                new Home(List.of("io.fabric8.."), List.of("..swarm.api..", "..operator..", "..swarm.local..",
                        "..swarm.cli.."), "hive-mind and agents have no Kubernetes client"),
                new Home(List.of("dev.cel.."), List.of("..swarm.local..", "..hivemind.adapter.cel.."),
                        "only the local API evaluates rules, and the hive-mind the conditions of subtasks"),
                new Home(List.of("info.picocli..", "picocli.."), List.of("..swarm.cli.."),
                        "only the command line reads arguments"));
    }

    @ParameterizedTest
    @MethodSource("homes")
    void aVendorsTypesStayAtHome(Home home) {
        home.rule().check(House.CLASSES);
    }

    @Test
    void contractsHoldNoJson() {
        noClasses().that()
                .resideInAPackage(House.module("mesh-api").packages())
                .and(House.WRITTEN_BY_US)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.json..", "com.fasterxml.jackson..")
                .because("contracts are records; JSON is written by adapters")
                .check(House.CLASSES);
    }
}
