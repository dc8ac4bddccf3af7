package io.claudeflow.swarm.cli.up;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.claudeflow.swarm.api.v1alpha1.Crds;
import io.claudeflow.swarm.cli.adapter.kube.Applier;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Puts the four definitions and the cluster operator into an API server. What was installed is noted on the operator's
 * namespace, so that a start which would install the same again does not: server-side apply of the large definitions is a good
 * part of a start.
 */
final class Installation {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;
    private static final String DEFAULT_NAMESPACE = "default";
    private static final String DEFINITIONS = "apis/swarm.claudeflow.io/v1alpha1";
    private static final String NAMESPACE = "api/v1/namespaces/swarm-system";
    private static final String OPERATOR = "apis/apps/v1/namespaces/swarm-system/deployments/swarm-operator";
    private static final String NOTE = "swarm.claudeflow.io/installed";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final KubeApi api;
    private final OperatorManifests operator;

    Installation(KubeApi api, OperatorManifests operator) {
        this.api = api;
        this.operator = operator;
    }

    /** Blocks until definitions are served and the operator's objects are there. */
    void run() throws InterruptedException {
        var digest = digest();
        if (!installed(digest)) {
            install();
            await("the definitions are not served", this::served);
            note(digest);
        }
        await("namespace default is not there", () -> find("api/v1/namespaces/" + DEFAULT_NAMESPACE).isPresent());
    }

    private boolean installed(String digest) {
        return find(NAMESPACE).filter(namespace -> digest.equals(namespace.map("metadata.annotations").get(NOTE)))
                .isPresent()
                && find(OPERATOR).isPresent() && served();
    }

    private boolean served() {
        var names = new HashSet<String>();
        find(DEFINITIONS).ifPresent(
                list -> list.json().path("resources").forEach(one -> names.add(one.path("name").asText())));
        return names.containsAll(Crds.PLURALS);
    }

    private void install() throws InterruptedException {
        var applier = new Applier(api);
        var first = new ArrayList<Manifest>();
        var rest = new ArrayList<Manifest>();
        Crds.PLURALS.forEach(
                plural -> first.addAll(ManifestReader.parse("the definition of " + plural, Crds.yaml(plural))));
        operator.read().forEach(manifest -> (manifest.kind().equals("Namespace") ? first : rest).add(manifest));
        all(applier, first);
        all(applier, rest);
    }

    private void note(String digest) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("annotations").put(NOTE, digest);
        api.send("PATCH", NAMESPACE, MERGE_PATCH, patch);
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            Crds.PLURALS.forEach(plural -> digest.update(Crds.yaml(plural).getBytes(StandardCharsets.UTF_8)));
            operator.texts().forEach((file, text) -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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

    private Optional<KubeObject> find(String path) {
        try {
            return Optional.of(new KubeObject(api.get(path)));
        } catch (SwarmException e) {
            if (e.code().equals(ErrorCode.NOT_FOUND) || e.code().equals(ErrorCode.UNAVAILABLE)) {
                return Optional.empty();
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
