package io.claudeflow.swarm.local.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.pki.CertificateAuthority;
import io.claudeflow.swarm.local.pki.KeyedCertificate;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server itself: starting, keeping, refusing, and what it says without a client library in between. */
class ApiServerIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Answer(int code, String body, MultiMap headers) {}

    private static HttpClient http(TestServer server, boolean certificate) throws IOException {
        var options = new HttpClientOptions().setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(server.credentials().caPem())));
        if (certificate) {
            options.setKeyCertOptions(pem(server.credentials().kubeletClient()));
        }
        return server.vertx().createHttpClient(options);
    }

    private static PemKeyCertOptions pem(KeyedCertificate identity) {
        return new PemKeyCertOptions().addCertValue(Buffer.buffer(identity.certificatePem()))
                .addKeyValue(Buffer.buffer(identity.privateKeyPem()));
    }

    private static Answer get(HttpClient http, TestServer server, String path, String token) {
        var options = new RequestOptions().setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(server.api().port())
                .setURI(path);
        if (!token.isEmpty()) {
            options.addHeader("Authorization", "Bearer " + token);
        }
        return TestServer.await(http.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body()
                        .map(body -> new Answer(response.statusCode(), body.toString(), response.headers()))));
    }

    @Test
    void findsEverythingAgain() {
        String revision;
        try (var server = TestServer.start(folder); var client = server.client()) {
            client.load(ApiServerIT.class.getResourceAsStream("widgets-crd.yaml")).create();
            client.load(ApiServerIT.class.getResourceAsStream("widget.yaml")).create();
            revision = client.configMaps()
                    .resource(new ConfigMapBuilder().withNewMetadata().withName("a").endMetadata().build())
                    .create()
                    .getMetadata()
                    .getResourceVersion();
        }
        try (var server = TestServer.start(folder); var client = server.client()) {
            assertNotNull(client.genericKubernetesResources("example.io/v1alpha1", "Widget").withName("demo").get());
            var next = client.configMaps()
                    .resource(new ConfigMapBuilder().withNewMetadata().withName("b").endMetadata().build())
                    .create()
                    .getMetadata()
                    .getResourceVersion();
            assertEquals(Long.parseLong(revision) + 1, Long.parseLong(next));
        }
    }

    @Test
    void aPortInUseIsASentence() {
        try (var server = TestServer.start(folder)) {
            var refused = assertThrows(SwarmException.class, () -> TestServer.await(ApiServer.start(server.vertx(),
                    ApiServerConfig.local(server.api().port(), null, server.credentials()))));
            assertEquals("port " + server.api().port()
                    + " on 127.0.0.1 is in use: stop what listens there, or choose another port", refused.getMessage());
        }
    }

    @Test
    void aSecondServerOnTheSameStateIsRefused() {
        try (var server = TestServer.start(folder)) {
            var refused = assertThrows(SwarmException.class, () -> TestServer.await(ApiServer.start(server.vertx(),
                    ApiServerConfig.local(0, folder.resolve("journal"), server.credentials()))));
            assertTrue(String.valueOf(refused.getMessage()).contains("is in use by another local cluster"));
        }
    }

    @Test
    void knowsItsUsers() throws IOException {
        try (var server = TestServer.start(folder)) {
            var nobody = http(server, false);
            assertEquals(401, get(nobody, server, "/api/v1/pods", "").code());
            assertEquals(401, get(nobody, server, "/api/v1/pods", "wrong").code());
            assertEquals(200, get(nobody, server, "/readyz", "").code());
            assertEquals(200, get(nobody, server, "/api/v1/pods", server.credentials().adminToken()).code());
            assertEquals(200, get(http(server, true), server, "/api/v1/pods", "").code());
        }
    }

    @Test
    void saysWhatItDoesNotServe() throws IOException {
        try (var server = TestServer.start(folder)) {
            var http = http(server, false);
            var token = server.credentials().adminToken();
            for (var path : List.of("/nope", "/apis/example.io/v1/widgets", "/api/v1/nodes/n/proxy",
                    "/api/v1/things")) {
                var answer = get(http, server, path, token);
                assertEquals(404, answer.code(), path);
                assertEquals("NotFound", KubeJson.parse(answer.body()).path("reason").asText(), path);
            }
            assertEquals(501, get(http, server, "/api/v1/namespaces/default/pods/p/exec", token).code());
        }
    }

    @Test
    void showsHowToVerifyItsTokens() throws IOException {
        try (var server = TestServer.start(folder)) {
            var http = http(server, false);
            var token = server.credentials().adminToken();
            var configuration = KubeJson.parse(get(http, server, "/.well-known/openid-configuration", token).body());
            assertEquals(ApiServerConfig.DEFAULT_ISSUER, configuration.path("issuer").asText());
            var keys = KubeJson.parse(get(http, server, "/openid/v1/jwks", token).body()).path("keys");
            assertEquals("ES256", keys.path(0).path("alg").asText());
            assertTrue(keys.path(0).path("d").isMissingNode());
        }
    }

    @Test
    void watchesFromARevisionAndTellsWhenItIsTooOld() throws IOException {
        try (var server = TestServer.start(folder); var client = server.client()) {
            var http = http(server, false);
            var token = server.credentials().adminToken();
            var made = client.configMaps()
                    .resource(new ConfigMapBuilder().withNewMetadata().withName("a").endMetadata().build())
                    .create();
            client.configMaps().withName("a").edit(m -> new ConfigMapBuilder(m).addToData("k", "v").build());
            var path = "/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=1&resourceVersion=";
            var events = get(http, server, path + made.getMetadata().getResourceVersion(), token).body()
                    .lines()
                    .toList();
            assertEquals(1, events.size());
            assertEquals("MODIFIED", KubeJson.parse(events.getFirst()).path("type").asText());

            var initial = get(http, server, path + "&sendInitialEvents=true&allowWatchBookmarks=true"
                    + "&resourceVersionMatch=NotOlderThan", token).body().lines().map(KubeJson::parse).toList();
            assertEquals("ADDED", initial.getFirst().path("type").asText());
            assertEquals("true", initial.getLast()
                    .path("object")
                    .path("metadata")
                    .path("annotations")
                    .path("k8s.io/initial-events-end")
                    .asText());
        }
        try (var server = TestServer.start(folder)) {
            var answer = get(http(server, false), server, "/api/v1/configmaps?watch=1&resourceVersion=1",
                    server.credentials().adminToken());
            assertEquals(410, answer.code());
        }
    }

    @Test
    void logsComeFromTheKubeletOfTheNode() throws IOException {
        try (var server = TestServer.start(folder); var client = server.client()) {
            var kubelet = kubelet(server);
            client.nodes()
                    .resource(new NodeBuilder().withNewMetadata()
                            .withName("n")
                            .endMetadata()
                            .withNewStatus()
                            .addNewAddress("127.0.0.1", "InternalIP")
                            .withNewDaemonEndpoints()
                            .withNewKubeletEndpoint(kubelet.actualPort())
                            .endDaemonEndpoints()
                            .endStatus()
                            .build())
                    .create();
            client.serviceAccounts()
                    .resource(new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build())
                    .create();
            client.pods()
                    .resource(new PodBuilder().withNewMetadata()
                            .withName("p")
                            .endMetadata()
                            .withNewSpec()
                            .withNodeName("n")
                            .addNewContainer()
                            .withName("c")
                            .withImage("i")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
            assertEquals("CN=kube-apiserver-kubelet-client,O=system:masters asks for "
                    + "/containerLogs/default/p/c?tailLines=5\n", client.pods().withName("p").tailingLines(5).getLog());
            TestServer.await(kubelet.close());
            var answer = get(http(server, false), server, "/api/v1/namespaces/default/pods/p/log",
                    server.credentials().adminToken());
            assertEquals(502, answer.code());
            assertTrue(answer.body().contains("did not answer"), answer.body());
        }
    }

    private HttpServer kubelet(TestServer server) throws IOException {
        var authority = CertificateAuthority.loadOrCreate(folder.resolve("pki"), "swarm-local-ca");
        var options = new HttpServerOptions().setSsl(true)
                .setKeyCertOptions(pem(authority.server("n", List.of("127.0.0.1"))))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority.certificatePem())))
                .setClientAuth(ClientAuth.REQUIRED);
        return TestServer.await(server.vertx().createHttpServer(options).requestHandler(request -> {
            try {
                request.response()
                        .end(request.connection().sslSession().getPeerPrincipal().getName() + " asks for "
                                + request.uri() + "\n")
                        .onFailure(_ -> {});
            } catch (SSLPeerUnverifiedException e) {
                request.response().setStatusCode(401).end().onFailure(_ -> {});
            }
        }).listen(0, "127.0.0.1"));
    }

    @Test
    void bodiesAreBounded() throws IOException {
        try (var server = TestServer.start(folder)) {
            var options = new RequestOptions().setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(server.api().port())
                    .setURI("/api/v1/namespaces/default/configmaps")
                    .addHeader("Authorization", "Bearer " + server.credentials().adminToken());
            var http = http(server, false);
            var code = TestServer.await(http.request(options)
                    .compose(request -> request.send(Buffer.buffer(new byte[4 << 20])))
                    .map(HttpClientResponse::statusCode));
            assertEquals(413, code);
            TestServer.await(http.close());
        }
    }
}
