package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.api.v1alpha1.Crds;
import io.claudeflow.swarm.cli.adapter.kube.Applier;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Puts the four definitions and the cluster operator into an API server. Applied again, it changes nothing. */
final class Installation {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;
    private static final String DEFAULT_NAMESPACE = "default";
    private static final String DEFINITIONS = "apis/swarm.claudeflow.io/v1alpha1/";

    private final KubeApi api;
    private final OperatorManifests operator;

    Installation(KubeApi api, OperatorManifests operator) {
        this.api = api;
        this.operator = operator;
    }

    /** Blocks until definitions are served and the operator's objects are there. */
    void run() throws InterruptedException {
        var applier = new Applier(api);
        var manifests = operator.read();
        var first = manifests.stream().filter(manifest -> manifest.kind().equals("Namespace")).toList();
        var rest = manifests.stream().filter(manifest -> !manifest.kind().equals("Namespace")).toList();
        var definitions = new ArrayList<Manifest>();
        Crds.PLURALS.forEach(
                plural -> definitions.addAll(ManifestReader.parse("the definition of " + plural, Crds.yaml(plural))));
        definitions.addAll(first);
        all(applier, definitions);
        all(applier, rest);
        await("the definitions are not served",
                () -> Crds.PLURALS.stream()
                        .allMatch(plural -> there(DEFINITIONS + plural
                                + "?limit=1")));
        await("namespace default is not there", () -> there("api/v1/namespaces/" + DEFAULT_NAMESPACE));
    }

    private static void all(Applier applier, List<Manifest> manifests) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = manifests.stream()
                    .map(manifest -> executor.submit(() -> applier.apply(manifest, DEFAULT_NAMESPACE, false)))
                    .toList();
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SwarmException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private boolean there(String path) {
        try {
            api.get(path);
            return true;
        } catch (SwarmException e) {
            if (e.code().equals(ErrorCode.NOT_FOUND) || e.code().equals(ErrorCode.UNAVAILABLE)) {
                return false;
            }
            throw e;
        }
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new SwarmException(ErrorCode.INDETERMINATE, otherwise + " " + LIMIT.toSeconds()
                        + " s after they were applied; see the log of the swarm");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
