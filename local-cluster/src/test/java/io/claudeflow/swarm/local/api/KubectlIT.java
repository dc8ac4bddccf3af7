package io.claudeflow.swarm.local.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a real kubectl; left out where there is none. */
@SuppressWarnings("NullAway.Init")
class KubectlIT {
    @TempDir
    static Path folder;
    private static TestServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws IOException {
        var found = Kubectl.find(folder.resolve("kubeconfig"), folder.resolve("cache"));
        Assumptions.assumeTrue(found.isPresent(), "no kubectl on the PATH");
        kubectl = found.orElseThrow();
        server = TestServer.start(folder);
        resource("widgets-crd.yaml");
        resource("widget.yaml");
        says("customresourcedefinition.apiextensions.k8s.io/widgets.example.io created", "apply", "-f",
                folder.resolve("widgets-crd.yaml").toString());
        says("condition met", "wait", "--for=condition=Established", "crd/widgets.example.io");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Path resource(String name) throws IOException {
        var file = folder.resolve(name);
        try (var in = Objects.requireNonNull(KubectlIT.class.getResourceAsStream(name))) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String says(String expected, String... arguments) {
        var result = kubectl.run(arguments);
        assertTrue(result.output().contains(expected), () -> "expected: " + expected + "\nbut was: " + result.output());
        assertEquals(0, result.code(), result.output());
        return result.output();
    }

    private static void refuses(String expected, String... arguments) {
        var result = kubectl.run(arguments);
        assertTrue(result.output().contains(expected), () -> "expected: " + expected + "\nbut was: " + result.output());
        assertEquals(1, result.code(), result.output());
    }

    private static void widget(String namespace) {
        says("namespace/" + namespace + " created", "create", "namespace", namespace);
        says("widget.example.io/demo created", "apply", "-n", namespace, "-f",
                folder.resolve("widget.yaml").toString());
    }

    @Test
    void appliesGetsAndDescribes() {
        widget("get");
        says("widget.example.io/demo unchanged", "apply", "-n", "get", "-f", folder.resolve("widget.yaml").toString());
        var table = says("TOPOLOGY", "get", "widgets", "-n", "get");
        assertTrue(table.contains("demo   mesh       3"), table);
        says("deep", "get", "wd", "-n", "get", "-o", "wide");
        says("Topology:  mesh", "describe", "widget", "demo", "-n", "get");
        refuses("widgets.example.io \"nope\" not found", "get", "widget", "nope", "-n", "get");
        refuses("the server doesn't have a resource type \"nonsense\"", "get", "nonsense");
    }

    @Test
    void explainsAndValidates() throws IOException {
        says("How it hangs together.", "explain", "widget.spec.topology");
        says("containers\t<[]Container> -required-", "explain", "pod.spec");
        var wrong = file("wrong.yaml", """
                apiVersion: example.io/v1alpha1
                kind: Widget
                metadata: {name: wrong}
                spec: {topology: mesh, replica: 1}
                """);
        refuses("strict decoding error: unknown field \"spec.replica\"", "apply", "-f", wrong.toString());
        says("Warning: unknown field \"spec.replica\"", "apply", "--validate=warn", "-f", wrong.toString());
        var rule = file("rule.yaml", """
                apiVersion: example.io/v1alpha1
                kind: Widget
                metadata: {name: rule}
                spec: {topology: mesh, min: 2, max: 1}
                """);
        refuses("The Widget \"rule\" is invalid: spec: Invalid value: \"object\": min must not be larger than max",
                "apply",
                "-f", rule.toString());
    }

    @Test
    void patchesInEveryWay() throws IOException {
        widget("patch");
        says("patched", "patch", "wd", "demo", "-n", "patch", "--type=merge", "-p", "{\"spec\":{\"replicas\":5}}");
        says("patched", "patch", "wd", "demo", "-n", "patch", "--type=json", "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":6}]");
        says("patched", "patch", "wd", "demo", "-n", "patch", "--subresource=status", "--type=merge", "-p",
                "{\"status\":{\"replicas\":6,\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        says("condition met", "wait", "--for=condition=Ready", "wd/demo", "-n", "patch");
        refuses("conflict with \"kubectl-patch\" using example.io/v1alpha1: .spec.replicas", "apply", "-n", "patch",
                "--server-side", "-f", folder.resolve("widget.yaml").toString());
        says("serverside-applied", "apply", "-n", "patch", "--server-side", "--force-conflicts", "-f",
                folder.resolve("widget.yaml").toString());
        var deployment = file("deployment.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: c, image: "web:1", env: [{name: A, value: "1"}]}]}
                """);
        says("created", "apply", "-n", "patch", "-f", deployment.toString());
        says("image updated", "set", "image", "-n", "patch", "deployment/web", "c=web:2");
        says("patched", "patch", "deployment", "web", "-n", "patch", "-p",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"env\":[{\"name\":\"B\",\"value\":\"2\"}]}]}}}}");
        says("B=2 A=1 web:2", "get", "deployment", "web", "-n", "patch", "-o",
                "jsonpath={range .spec.template.spec.containers[0].env[*]}{.name}={.value} {end}"
                        + "{.spec.template.spec.containers[0].image}");
    }

    @Test
    void scalesLabelsAndDeletes() {
        widget("scale");
        says("scaled", "scale", "wd/demo", "-n", "scale", "--replicas=4");
        says("4", "get", "wd", "demo", "-n", "scale", "-o", "jsonpath={.spec.replicas}");
        says("labeled", "label", "wd", "demo", "-n", "scale", "x=y");
        says("demo", "get", "wd", "-n", "scale", "-l", "x in (y,z)");
        says("No resources found", "get", "wd", "-n", "scale", "-l", "x!=y");
        says("deleted", "delete", "wd", "demo", "-n", "scale");
        refuses("not found", "get", "wd", "demo", "-n", "scale");
        says("namespace \"scale\" deleted", "delete", "namespace", "scale", "--wait=false");
        says("Terminating", "get", "namespace", "scale");
        refuses("unable to create new content in namespace scale because it is being terminated", "create", "configmap",
                "late", "-n", "scale");
        refuses("this namespace may not be deleted", "delete", "namespace", "default");
    }

    @Test
    void watches() throws IOException {
        says("created", "create", "namespace", "watch");
        var watch = kubectl.start("get", "configmaps", "-n", "watch", "-w", "--output-watch-events");
        try (var lines = new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
            says("created", "create", "configmap", "one", "-n", "watch", "--from-literal=a=b");
            assertTrue(lines.readLine().startsWith("EVENT"));
            assertTrue(lines.readLine().matches("ADDED +one +1 +\\d+s"));
            says("deleted", "delete", "configmap", "one", "-n", "watch");
            assertTrue(lines.readLine().matches("DELETED +one +1 +\\d+s"));
        } finally {
            watch.destroyForcibly();
        }
    }

    @Test
    void podsAreAdmittedAsOnARealCluster() throws IOException {
        says("created", "create", "namespace", "pods");
        var pod = file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {containers: [{name: c, image: busybox}]}
                """);
        refuses("error looking up service account pods/default: serviceaccount \"default\" not found", "apply", "-n",
                "pods", "-f", pod.toString());
        says("created", "create", "serviceaccount", "default", "-n", "pods");
        says("created", "apply", "-n", "pods", "-f", pod.toString());
        says("0/1     Pending   0", "get", "pods", "-n", "pods");
        says("/var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-", "describe", "pod", "p", "-n",
                "pods");
        refuses("pods/exec is not served", "exec", "p", "-n", "pods", "--", "ls");
        refuses("pods \"q\" not found", "logs", "q", "-n", "pods");
    }

    @Test
    void answersWhoMayDoWhat() {
        says("yes", "auth", "can-i", "delete", "pods");
        says("kubernetes-admin", "auth", "whoami");
        says("created", "create", "serviceaccount", "someone");
        says("ey", "create", "token", "someone", "--audience=swarm", "--duration=10m");
        refuses("may not specify a duration less than 10 minutes", "create", "token", "someone", "--duration=1m");
        says("No resources found", "get", "hpa");
        says("widgets", "api-resources", "--api-group=example.io");
    }
}
