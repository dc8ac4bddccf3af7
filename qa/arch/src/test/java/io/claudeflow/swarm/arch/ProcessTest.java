package io.claudeflow.swarm.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ProcessTest {
    private static final DescribedPredicate<JavaClass> NO_MAIN = DescribedPredicate.not(Predicates.simpleName("Main"));

    static final ArchRule ENVIRONMENT = noClasses().that(NO_MAIN)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("a pod's environment is handed in: several pods share one JVM");

    static final ArchRule EXIT = noClasses().that(NO_MAIN)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("a pod may end, its JVM belongs to others too");

    @Test
    void onlyMainReadsTheEnvironment() {
        ENVIRONMENT.check(House.CLASSES);
    }

    @Test
    void onlyMainEndsTheProcess() {
        EXIT.check(House.CLASSES);
    }
}
