package io.claudeflow.swarm.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a swarm runs: which API server, which isolation.
 *
 * @param apiServer {@code embedded} or {@code kube-apiserver}
 * @param isolation {@code thread} or {@code process}
 */
record Place(String apiServer, String isolation) {
    /** All places that this machine has; without a real kube-apiserver it says so and leaves those out. */
    static Stream<Place> all() {
        var places = List.of(new Place("embedded", "thread"), new Place("embedded", "process"),
                new Place("kube-apiserver", "thread"), new Place("kube-apiserver", "process"));
        return places.stream().filter(place -> {
            boolean there = !place.apiServer.equals("kube-apiserver") || realBinaries().isPresent();
            if (!there) {
                System.err.println("skipped: " + place + ", because KUBEBUILDER_ASSETS names no folder with etcd, "
                        + "kube-apiserver and kubectl");
            }
            return there;
        });
    }

    static Optional<Path> realBinaries() {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")));
    }

    /** A real kubectl: that of KUBEBUILDER_ASSETS, else the one on the PATH. */
    static String kubectl() {
        return realBinaries().map(folder -> folder.resolve("kubectl").toString()).orElse("kubectl");
    }

    @Override
    public String toString() {
        return apiServer + ", " + isolation;
    }
}
