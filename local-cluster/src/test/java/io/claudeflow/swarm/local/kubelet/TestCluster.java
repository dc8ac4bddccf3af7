package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;

import io.claudeflow.swarm.local.LocalCluster;
import io.claudeflow.swarm.local.LocalClusterConfig;
import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import io.claudeflow.swarm.local.kubeapi.RealApiServer;
import io.claudeflow.swarm.local.kubelet.KubeletConfig.JavaCommand;
import io.claudeflow.swarm.local.process.SearchPath;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A local cluster that knows the one image of the tests. */
final class TestCluster implements AutoCloseable {
    static final String IMAGE = "swarm.test/echo:1";

    private final LocalClusterConfig config;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private LocalCluster cluster;
    KubernetesClient client;
    private int namespaces;

    TestCluster(Path folder, ApiServerKind api, Isolation isolation) {
        config = config(folder, api, isolation);
        cluster = LocalCluster.start(config);
        client = new KubernetesClientBuilder().withConfig(cluster.config()).build();
    }

    static LocalClusterConfig config(Path folder, ApiServerKind api, Isolation isolation) {
        var java = new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                RealApiServer.path());
        var image = new Image(EchoApplication::new, EchoMain.class.getName(),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        var programs = api == ApiServerKind.EMBEDDED ? List.<Path>of() : List.of(RealApiServer.programs());
        return new LocalClusterConfig("swarm-test", folder.resolve("data"), api, new SearchPath(programs), isolation,
                Map.of("swarm.test/echo", image), java);
    }

    /** As when the machine restarts. */
    void restart() {
        client.close();
        cluster.stop(Duration.ofSeconds(10));
        cluster = LocalCluster.start(config);
        client = new KubernetesClientBuilder().withConfig(cluster.config()).build();
    }

    String namespace() {
        var name = "test-" + namespaces++;
        client.namespaces()
                .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .create();
        await().until(() -> client.serviceAccounts().inNamespace(name).withName("default").get() != null);
        return name;
    }

    /** A pod of the image, ready by its HTTP server; NAME is its name, POD_IP its address. */
    static PodBuilder pod(String namespace, String name) {
        return new PodBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(5L)
                .addNewContainer()
                .withName("main")
                .withImage(IMAGE)
                .addNewEnv()
                .withName("NAME")
                .withValue(name)
                .endEnv()
                .addNewEnv()
                .withName("POD_IP")
                .withNewValueFrom()
                .withNewFieldRef("v1", "status.podIP")
                .endValueFrom()
                .endEnv()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/ready")
                .withNewPort(EchoApplication.PORT)
                .endHttpGet()
                .endReadinessProbe()
                .endContainer()
                .endSpec();
    }

    Pod create(PodBuilder pod) {
        return client.resource(pod.build()).create();
    }

    Pod get(Pod pod) {
        return client.resource(pod).get();
    }

    Pod ready(Pod pod) {
        return client.resource(pod).waitUntilReady(30, TimeUnit.SECONDS);
    }

    String ask(Pod pod, String path, String argument) {
        var address = get(pod).getStatus().getPodIP();
        return ask(address, path, argument);
    }

    String ask(String address, String path, String argument) {
        var uri = URI.create("http://" + address + ":" + EchoApplication.PORT + path + "?q="
                + URLEncoder.encode(argument, StandardCharsets.UTF_8));
        try {
            return http
                    .send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(uri.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log(Pod pod) {
        return client.pods().resource(pod).getLog();
    }

    void awaitGone(Pod pod) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var present = get(pod);
            return present == null || !present.getMetadata().getUid().equals(pod.getMetadata().getUid());
        });
    }

    List<String> reasons(Pod pod) {
        return client.v1()
                .events()
                .inNamespace(pod.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(event -> pod.getMetadata().getName().equals(event.getInvolvedObject().getName()))
                .map(event -> event.getReason())
                .toList();
    }

    Path data() {
        return config.dataDirectory();
    }

    @Override
    public void close() {
        client.close();
        cluster.stop(Duration.ofSeconds(5));
    }
}
