package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.adapter.kube.Applier;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.cli.status.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The files of one start: applied in their order, and asked whether a swarm took them. */
final class Manifests {
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 100;
    private static final String RESOLVED = "ClusterResolved";

    private final KubeApi api;
    private final Terminal terminal;
    private final List<Applier.Applied> applied = new ArrayList<>();

    Manifests(KubeApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /** Applies all; the first refusal ends it, and its sentence says which objects were applied before. */
    void apply(List<Manifest> manifests) {
        var applier = new Applier(api);
        for (var manifest : manifests) {
            var one = applier.apply(manifest, api.namespace(), false);
            applied.add(one);
            terminal.line(one.sentence());
        }
    }

    /** The SwarmClusters among them, as {@code namespace/name}. */
    List<String> clusters() {
        return applied.stream()
                .filter(one -> one.type().kind().equals("SwarmCluster"))
                .map(one -> one.object().namespace() + "/" + one.object().name())
                .toList();
    }

    /** A sentence for each object that no SwarmCluster could take. Waits a little for the operator to have looked. */
    List<String> unresolved() throws InterruptedException {
        long end = System.nanoTime() + SETTLING.toNanos();
        var sentences = new ArrayList<String>();
        for (var one : applied) {
            if (!List.of("SwarmTask", "SwarmAgent", "SwarmMemory").contains(one.type().kind())) {
                continue;
            }
            var object = one.object();
            while (object.condition(RESOLVED).isEmpty() && object.text("status.clusterUid").isEmpty()
                    && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
                object = new KubeObject(api.get(one.type().path(object.namespace(), object.name())));
            }
            var name = one.type().singular() + "/" + object.name();
            object.condition(RESOLVED)
                    .filter(condition -> condition.status().equals("False"))
                    .ifPresent(condition -> sentences.add(name + ": " + Judgement.sentence(condition)));
        }
        return sentences;
    }
}
