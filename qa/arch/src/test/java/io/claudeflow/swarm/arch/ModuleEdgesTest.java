package io.claudeflow.swarm.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleEdgesTest {
    static List<House.Module> modules() {
        return House.MODULES;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theModulesClassesAreSeenAndLieInItsPackage(House.Module module) {
        var seen = House.CLASSES.stream().filter(type -> root(type).equals(module.name())).toList();

        assertTrue(seen.size() >= module.atLeast(), module + ": only " + seen.size() + " classes were imported");
        for (var type : seen) {
            var source = type.getSource().orElseThrow().getUri().toString();
            assertTrue(source.contains("/" + module.folder() + "/"), type.getName() + " lies in " + source);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleDependsOnlyOnWhatItMay(House.Module module) {
        classes().that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat(new DescribedPredicate<JavaClass>("belong to " + module.uses()) {
                    @Override
                    public boolean test(JavaClass type) {
                        return !type.getPackageName().startsWith(House.ROOT) || root(type).equals(module.name())
                                || module.uses().contains(root(type));
                    }
                })
                .because("services speak through mesh-api, and architecture.md names the edges")
                .check(House.CLASSES);
    }

    @Test
    void everyModuleOfTheBuildIsKnownHere() throws Exception {
        var pom = Files.readString(Path.of(System.getProperty("repository.root"), "pom.xml"));
        var built = Pattern.compile("<module>([^<]+)</module>")
                .matcher(pom)
                .results()
                .map(match -> match.group(1))
                .filter(folder -> !folder.startsWith("qa/"))
                .collect(Collectors.toSet());

        built.removeAll(House.MODULES.stream().map(House.Module::folder).toList());
        assertEquals(Set.of(), built, "modules without a rule on what they may depend on");
    }

    /** The first word below the root package. */
    private static String root(JavaClass type) {
        var rest = type.getPackageName().substring(Math.min(type.getPackageName().length(), House.ROOT.length() + 1));
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
