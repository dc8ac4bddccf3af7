package io.claudeflow.swarm.arch;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that never fail prove nothing: each kind fails on code written to break it. */
class RulesBiteTest {
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("io.claudeflow.swarm.arch.wrong");

    @Test
    void rulesFailOnWrongCode() {
        for (ArchRule rule : List.of(NamesTest.TYPES, ProcessTest.ENVIRONMENT,
                new VendorHomesTest.Home(List.of("com.tngtech.."), List.of("..nowhere.."), "a test").rule())) {
            assertThrows(AssertionError.class, () -> rule.check(WRONG), rule.getDescription());
        }
    }

    @Test
    void aRuleThatSeesNothingFails() {
        var nothing = new ClassFileImporter().importPackages("io.claudeflow.swarm.nowhere");

        assertThrows(AssertionError.class, () -> NamesTest.TYPES.check(nothing));
    }
}
