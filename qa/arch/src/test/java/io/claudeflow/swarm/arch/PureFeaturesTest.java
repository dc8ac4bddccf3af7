package io.claudeflow.swarm.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a service decides is apart from what it does: its feature packages know no Vert.x but its Future, no Kubernetes client,
 * no JSON and no log. Who acts all the same is named here, with what it needs and why.
 */
class PureFeaturesTest {
    private static final List<String> SERVICES = List.of("hivemind-service", "agent-runtime", "operator-verticle");

    /** What a feature does not need to decide something. */
    private enum Means {
        VERTX("io\\.vertx\\.(?!core\\.(Future|Promise|AsyncResult|Handler)$).*"), KUBERNETES(
                "io\\.(fabric8\\.kubernetes\\.client\\.(?!CustomResource$)|javaoperatorsdk\\.).*"), JSON(
                        "com\\.fasterxml\\.jackson\\..*"), LOG("org\\.slf4j\\..*");

        private final Pattern types;

        Means(String types) {
            this.types = Pattern.compile(types);
        }
    }

    /**
     * Classes that act.
     *
     * @param classes their names below the root package, as a pattern
     * @param needs   what they use
     * @param because why they are no adapter
     */
    private record Acting(String classes, Set<Means> needs, String because) {
        boolean covers(JavaClass type) {
            return type.getName().substring(House.ROOT.length() + 1).matches(classes);
        }
    }

    private static final List<Acting> ACTING = List.of(
            new Acting("hivemind\\.leader\\..*", Set.of(Means.LOG),
                    "the leader's desks tell operators who came, who was lost and what was refused"),
            new Acting("hivemind\\.membership\\.Reconciliation.*", Set.of(Means.LOG),
                    "operators are told of every change of the group's members, and of those that failed"),
            new Acting("agent\\.(session|executor)\\..*", Set.of(Means.VERTX, Means.LOG),
                    "an agent is one actor: its session and its steps live on one Vert.x context and its timers"),
            new Acting("operator\\..*Reconciler.*", Set.of(Means.KUBERNETES, Means.LOG),
                    "a reconciler is the place where what was decided is done"),
            new Acting("operator\\.cluster\\.(Bringing|ClusterCaches|FormerVolumes|PeerSecret|Scale).*",
                    Set.of(Means.KUBERNETES, Means.LOG),
                    "the reconciler's hands: its caches, /scale, the Secret that is made once, volumes of replicas that left"),
            new Acting("operator\\.job\\.(JobCaches|TaskJobs).*", Set.of(Means.KUBERNETES),
                    "the hands of the tasks' reconciler: Jobs, claims and their pods"),
            new Acting("operator\\.lease\\..*", Set.of(Means.KUBERNETES, Means.LOG),
                    "a lease is an object of the API"),
            new Acting("operator\\.mesh\\.(Acknowledgements|Convergence|Orders|PodEnds|TaskTail).*",
                    Set.of(Means.LOG),
                    "loops that go on after a failure, so the log alone hears of it"),
            new Acting("operator\\.agent\\.AgentPod.*", Set.of(Means.KUBERNETES),
                    "the digest of a Pod is over its canonical form, which fabric8 writes"));

    static List<House.Module> services() {
        return SERVICES.stream().map(House::module).toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void featuresArePure(House.Module service) {
        var impure = new TreeSet<String>();
        int seen = 0;
        for (var type : House.CLASSES) {
            if (!isFeature(service, type)) {
                continue;
            }
            seen++;
            var used = used(type);
            ACTING.stream().filter(acting -> acting.covers(type)).forEach(acting -> used.removeAll(acting.needs()));
            if (!used.isEmpty()) {
                impure.add(type.getName() + " uses " + used);
            }
        }
        assertTrue(seen > 20, service + ": only " + seen + " classes were checked");
        assertEquals("", String.join("\n", impure), "features decide, adapters act");
    }

    @Test
    void everyExceptionIsNeeded() {
        for (var acting : ACTING) {
            var used = House.CLASSES.stream()
                    .filter(acting::covers)
                    .flatMap(type -> used(type).stream())
                    .collect(Collectors.toSet());
            assertEquals(acting.needs(), used.stream().filter(acting.needs()::contains).collect(Collectors.toSet()),
                    acting.classes() + " no longer needs all it is allowed");
        }
    }

    private static Set<Means> used(JavaClass type) {
        var used = EnumSet.noneOf(Means.class);
        for (var dependency : type.getDirectDependenciesFromSelf()) {
            var target = dependency.getTargetClass().getBaseComponentType().getName();
            for (var means : Means.values()) {
                if (means.types.matcher(target).matches()) {
                    used.add(means);
                }
            }
        }
        return used;
    }

    private static boolean isFeature(House.Module service, JavaClass type) {
        var root = House.ROOT + "." + service.name();
        var name = type.getPackageName();
        return name.startsWith(root + ".") && !name.startsWith(root + ".adapter") && House.WRITTEN_BY_US.test(type);
    }
}
