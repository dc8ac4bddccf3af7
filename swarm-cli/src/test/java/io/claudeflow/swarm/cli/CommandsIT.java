package io.claudeflow.swarm.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.claudeflow.swarm.api.v1alpha1.Crds;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.local.KubeTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The client commands against an API server alone: what an operator would write, the test writes. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.claudeflow.swarm.cli.ApiServers#here")
class CommandsIT {
    private static final String CLUSTER = """
            apiVersion: swarm.claudeflow.io/v1alpha1
            kind: SwarmCluster
            metadata:
              name: one
            spec:
              topology: mesh
              replicas: 1
            """;
    private static final String OBJECTS = "apis/swarm.claudeflow.io/v1alpha1/namespaces/default/";
    private static final String TASKS = OBJECTS + "swarmtasks/";

    @TempDir
    private static Path shared = Path.of("");
    private static AutoCloseable server = () -> {};
    private static Path kubeconfig = Path.of("");

    @TempDir
    private Path folder = Path.of("");
    private CapturedShell shell = new CapturedShell(folder, Map.of());

    CommandsIT(ApiServers kind) {
        assertTrue(kubeconfig.startsWith(shared.resolve(kind.name())), kubeconfig::toString);
    }

    @BeforeParameterizedClassInvocation
    static void serve(ApiServers kind) throws IOException, TimeoutException {
        var place = Files.createDirectories(shared.resolve(kind.name()));
        kubeconfig = place.resolve("kubeconfig");
        server = kind.start(place, kubeconfig);
        var crds = Files.createDirectories(place.resolve("crds"));
        for (var plural : Crds.PLURALS) {
            Files.writeString(crds.resolve(plural + ".yaml"), Crds.yaml(plural));
        }
        var shell = shell(place);
        assertEquals(0, shell.run("apply", "-f", "crds"), shell::err);
        Awaitility.await().until(() -> shell.run("get", "swarm") == 0);
        Awaitility.await().until(() -> shell.run("get", "namespace", "default") == 0);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        shell = shell(folder);
        Files.writeString(folder.resolve("one.yaml"), CLUSTER);
    }

    @AfterEach
    void clean() {
        try (var api = KubeApi.open(new KubeTarget(kubeconfig, "no answer"))) {
            for (var plural : Crds.PLURALS) {
                api.send("DELETE", OBJECTS + plural, null, JsonNodeFactory.instance.objectNode());
            }
        }
    }

    private static CapturedShell shell(Path folder) {
        return new CapturedShell(folder, Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", folder.toString()));
    }

    private void ok(String... arguments) {
        assertEquals(0, shell.run(arguments), shell::err);
    }

    @Test
    void anObjectsLife() {
        ok("apply", "-f", "one.yaml", "--dry-run");
        assertEquals("swarmcluster.swarm.claudeflow.io/one created (dry run)\n", shell.out());
        ok("apply", "-f", "one.yaml");
        assertEquals("swarmcluster.swarm.claudeflow.io/one created\n", shell.out());
        ok("apply", "-f", "one.yaml");
        assertEquals("swarmcluster.swarm.claudeflow.io/one unchanged\n", shell.out());

        ok("get", "swc");
        var lines = shell.out().lines().toList();
        assertEquals("NAME   TOPOLOGY   PHASE   READY   WANTED   AGENTS   AGE", lines.getFirst());
        assertTrue(lines.getLast().startsWith("one    mesh                       1 "), lines::toString);
        ok("get", "swc/one", "-o", "name");
        assertEquals("swarmcluster.swarm.claudeflow.io/one\n", shell.out());
        ok("get", "swc", "-A");
        assertTrue(shell.out().contains("\ndefault     one "), shell::out);
        ok("get", "swc", "one", "-o", "yaml");
        assertTrue(shell.out().startsWith("apiVersion: swarm.claudeflow.io/v1alpha1\nkind: SwarmCluster\n"),
                shell::out);
        assertTrue(!shell.out().contains("managedFields"), shell::out);

        ok("scale", "swc/one", "--replicas=4");
        ok("get", "swc", "one", "-o", "json");
        assertTrue(shell.out().contains("\"replicas\": 4"), shell::out);
        ok("describe", "swc/one");
        assertTrue(shell.out().contains("topology: mesh") && shell.out().contains("Events:"), shell::out);
        ok("status");
        assertTrue(shell.out().contains("default/one"), shell::out);

        ok("delete", "swc/one");
        assertEquals("swarmcluster.swarm.claudeflow.io \"one\" deleted\n", shell.out());
        assertEquals(4, shell.run("get", "swc", "one"));
        assertEquals("swarm: swarmclusters.swarm.claudeflow.io \"one\" not found\n", shell.err());
        assertEquals(4, shell.run("delete", "swc/one"));
        ok("delete", "swc/one", "--ignore-not-found");
        ok("get", "swc");
        assertEquals("No resources found in default namespace.\n", shell.err());
    }

    @Test
    void whatIsWrongIsSaidWithFileLineAndWhatIsAllowed() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), CLUSTER.replace("mesh", "triangle"));
        assertEquals(2, shell.run("apply", "-f", "one.yaml"));
        assertTrue(shell.err()
                .startsWith("swarm: one.yaml:6: SwarmCluster one: spec.topology: Unsupported value: \"triangle\": "
                        + "supported values: "),
                shell::err);
        Files.writeString(folder.resolve("one.yaml"), CLUSTER.replace("topology:", "topolgy: x\n  topology:"));
        assertEquals(2, shell.run("apply", "-f", "one.yaml"));
        assertEquals(
                "swarm: one.yaml:6: SwarmCluster one: spec.topolgy: there is no such field; did you mean topology?\n",
                shell.err());
        Files.writeString(folder.resolve("one.yaml"), CLUSTER.replace("kind: SwarmCluster", "kind: SwarmClaster"));
        assertEquals(2, shell.run("apply", "-f", "one.yaml"));
        assertEquals(
                "swarm: one.yaml:2: the API server does not know swarm.claudeflow.io/v1alpha1 SwarmClaster; check both, or "
                        + "apply its definition first\n",
                shell.err());
        assertEquals(2, shell.run("get", "nosuch"));
        assertEquals(2, shell.run("scale", "namespace/default", "--replicas=1"));
    }

    @Test
    void tasksNeedAClusterThatCanBeTold() throws IOException {
        assertEquals(4, shell.run("task", "submit", "--", "true"));
        assertEquals("swarm: namespace default has no SwarmCluster; apply one first: swarm apply -f "
                + "examples/hivemind-cluster.yaml\n", shell.err());
        Files.writeString(folder.resolve("two.yaml"), CLUSTER.replace("name: one", "name: two"));
        ok("apply", "-f", "one.yaml", "two.yaml");
        assertEquals(2, shell.run("task", "submit", "--", "true"));
        assertEquals("swarm: namespace default has several SwarmClusters (one, two); say which one with --cluster\n",
                shell.err());
        assertEquals(4, shell.run("task", "submit", "--cluster", "three", "--", "true"));
        ok("task", "submit", "--cluster", "two", "--name", "t", "--type", "coder", "--capability", "a", "--param",
                "k=v w",
                "--timeout", "5m", "--priority", "high", "--retries", "1", "--", "true");
        ok("get", "swt", "t", "-o", "yaml");
        var yaml = shell.out();
        assertAll(() -> assertTrue(yaml.contains("clusterRef: two"), yaml),
                () -> assertTrue(yaml.contains("agentType: coder"), yaml),
                () -> assertTrue(yaml.contains("k: v w"), yaml),
                () -> assertTrue(yaml.contains("priority: high"), yaml),
                () -> assertTrue(yaml.contains("limit: 1"), yaml),
                () -> assertTrue(yaml.contains("timeout: 5m"), yaml));
    }

    @Test
    void waitingForATaskEndsWithItsExitCode() throws InterruptedException, ExecutionException, TimeoutException {
        ok("apply", "-f", "one.yaml");
        var script = folder.resolve("count.sh");
        assertEquals(5,
                shell.run("task", "submit", "--name", "slow", "--wait", "--wait-timeout", "300ms", "--", "true"));
        assertTrue(shell.err().contains("swarmtask/slow has not ended within the --wait-timeout of 300ms"), shell::err);
        ok("task", "cancel", "slow");
        assertEquals(2, shell.run("task", "submit", script.toString()));

        var waiting = CompletableFuture
                .supplyAsync(() -> shell.run("task", "submit", "--name", "t", "--wait", "--", "true"));
        try (var api = KubeApi.open(new KubeTarget(kubeconfig, "no answer"))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> !api.get(TASKS + "t").isMissingNode());
            status(api, "{'phase':'Running','assignedAgents':['a'],'attempts':1,'progress':40,'message':'reading'}");
            Awaitility.await()
                    .untilAsserted(() -> assertTrue(
                            shell.err().contains("swarmtask/t: Running on a, 40 %: reading\n"), shell::err));
            status(api, "{'phase':'Failed','exitCode':7,'result':'half','duration':'2s','conditions':[{'type':'Failed',"
                    + "'status':'True','reason':'ExitCode','message':'m','lastTransitionTime':'2026-01-01T00:00:00Z'}]}");
            assertEquals(7, waiting.get(20, TimeUnit.SECONDS));
        }
        assertEquals("half\n", shell.out());
        assertTrue(shell.err().endsWith("swarmtask/t failed (ExitCode): reading, by a, in 2s\n"), shell::err);
        ok("task", "list");
        assertTrue(shell.out().contains("\nt "), shell::out);
        ok("task", "cancel", "t");
        assertEquals("swarmtask/t has ended already\n", shell.err());
    }

    @Test
    void anEndpointIsTheServiceUnlessItsPodsAreOnThisMachine() throws IOException {
        ok("apply", "-f", "one.yaml");
        assertEquals(4, shell.run("endpoint"));
        assertEquals("swarm: SwarmCluster one has no endpoint 'hivemind' yet; try again when it has a status\n",
                shell.err());
        try (var api = KubeApi.open(new KubeTarget(kubeconfig, "no answer"))) {
            merge(api, OBJECTS + "swarmclusters/one/status",
                    "{'status':{'endpoints':{'hivemind':'one-hivemind.default.svc:7443'}}}");
            ok("endpoint", "hivemind");
            assertEquals("http://one-hivemind.default.svc:7443\n", shell.out());
            assertEquals(4, shell.run("endpoint", "memory"));
            assertTrue(shell.err().endsWith("has no endpoint 'memory'; it has hivemind\n"), shell::err);

            Files.writeString(folder.resolve("pod.yaml"), """
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: default}
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: one-hivemind-0
                      labels: {component: hivemind, swarm.claudeflow.io/cluster: one}
                    spec:
                      containers: [{name: c, image: none}]
                    """);
            ok("apply", "-f", "pod.yaml");
            var pod = "api/v1/namespaces/default/pods/one-hivemind-0";
            merge(api, pod + "/status", "{'status':{'podIP':'127.77.0.9'}}");
            assertEquals(3, shell.run("endpoint"), shell::err);
            merge(api, pod + "/status", "{'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
            ok("endpoint");
            assertEquals("http://127.77.0.9:7443\n", shell.out());
            api.send("DELETE", pod, null, JsonNodeFactory.instance.objectNode().put("gracePeriodSeconds", 0));
        }
    }

    private static void status(KubeApi api, String json) {
        merge(api, TASKS + "t/status", "{'status':" + json + "}");
    }

    private static void merge(KubeApi api, String path, String json) {
        try {
            api.send("PATCH", path, "application/merge-patch+json",
                    new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWatchShowsSeveralKindsAndTheirChanges() {
        var watching = Thread.ofVirtual().start(() -> shell.run("get", "swarmclusters,swarmtasks", "-w"));
        Awaitility.await().until(() -> {
            var other = new CapturedShell(folder, shell.shell().variables());
            return other.run("apply", "-f", "one.yaml") == 0
                    && shell.out().contains("swarmcluster.swarm.claudeflow.io/one   mesh");
        });
        var other = new CapturedShell(folder, shell.shell().variables());
        assertEquals(0, other.run("task", "submit", "--name", "t", "--", "true"));
        Awaitility.await()
                .untilAsserted(
                        () -> assertTrue(shell.out().contains("swarmtask.swarm.claudeflow.io/t"), shell::out));
        assertTrue(shell.out().contains("NAME                                   TOPOLOGY"), shell::out);
        watching.interrupt();
    }
}
