package io.claudeflow.swarm.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class NamesTest {
    static final ArchRule TYPES = noClasses().that(House.WRITTEN_BY_US)
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helpers?|[a-z]Manager)(\\$.*)?")
            .orShould()
            .haveNameMatching(".*[.$](Base|Abstract)[A-Z].*")
            .because("a name says what differs or what it decides");

    @Test
    void noTypeHasANameThatSaysNothing() {
        TYPES.check(House.CLASSES);
    }

    @Test
    void noPackageIsADrawerForTheRest() {
        classes().should()
                .resideOutsideOfPackages("..common..", "..misc..", "..util..", "..utils..", "..helper..", "..impl..")
                .because("packages are features")
                .check(House.CLASSES);
    }
}
