package io.claudeflow.swarm.arch;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;

/** Every module of the product with its root package and what it may depend on, and all their classes, imported once. */
final class House {
    static final String ROOT = "io.claudeflow.swarm";

    /**
     * A module.
     *
     * @param folder   its folder
     * @param name     its package below the root package; no other module has classes there
     * @param uses     the names of the modules that it may depend on
     * @param atLeast  a number of classes below which the import has gone wrong
     */
    record Module(String folder, String name, Set<String> uses, int atLeast) {
        String packages() {
            return ROOT + "." + name + "..";
        }

        @Override
        public String toString() {
            return folder;
        }
    }

    static final List<Module> MODULES = List.of(
            new Module("swarm-api", "api", Set.of(), 40),
            new Module("mesh-kit", "kit", Set.of(), 40),
            new Module("mesh-api", "mesh", Set.of("kit"), 60),
            new Module("hivemind-service", "hivemind", Set.of("kit", "mesh"), 60),
            new Module("agent-runtime", "agent", Set.of("kit", "mesh"), 30),
            new Module("operator-verticle", "operator", Set.of("kit", "mesh", "api"), 50),
            new Module("local-cluster", "local", Set.of("kit"), 100),
            // The one module that depends on every service: it hands the table of images to the kubelet.
            new Module("swarm-cli", "cli",
                    Set.of("api", "kit", "mesh", "hivemind", "agent", "operator", "local"), 50),
            new Module("benchmarks", "benchmarks", Set.of("kit", "mesh", "hivemind"), 8));

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/claudeflow/swarm/arch/"))
            .importPackages(ROOT);

    /** Messages and stubs that protoc wrote; their names and imports are not ours. */
    static final DescribedPredicate<JavaClass> WRITTEN_BY_US = new DescribedPredicate<>("written by us") {
        @Override
        public boolean test(JavaClass type) {
            return !type.getPackageName().matches(".*\\.v[0-9]+");
        }
    };

    private House() {}

    static Module module(String folder) {
        return MODULES.stream().filter(module -> module.folder().equals(folder)).findFirst().orElseThrow();
    }
}
