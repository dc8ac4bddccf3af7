package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.rest.Call;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import io.claudeflow.swarm.local.api.store.Store;
import io.claudeflow.swarm.local.pki.KeyedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches container logs from the kubelet of the pod's node, as a client that the kubelet knows by certificate. */
final class LogProxy {
    private static final int CONNECT_MS = 5_000;
    private static final int ANSWER_MS = 30_000;
    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final List<String> PASSED_ON = List.of("follow", "tailLines", "previous", "timestamps",
            "sinceSeconds", "sinceTime", "limitBytes");

    private final Vertx vertx;
    private final String caPem;
    private final KeyedCertificate identity;
    private final Store store;
    private @Nullable HttpClient client;

    LogProxy(Vertx vertx, String caPem, KeyedCertificate identity, Store store) {
        this.vertx = vertx;
        this.caPem = caPem;
        this.identity = identity;
        this.store = store;
    }

    /** Made when the first log is asked for. */
    private HttpClient client() {
        var made = client;
        if (made == null) {
            made = create();
            client = made;
        }
        return made;
    }

    private HttpClient create() {
        return vertx.createHttpClient(new HttpClientOptions().setSsl(true)
                .setConnectTimeout(CONNECT_MS)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caPem)))
                .setKeyCertOptions(new PemKeyCertOptions().addCertValue(Buffer.buffer(identity.certificatePem()))
                        .addKeyValue(Buffer.buffer(identity.privateKeyPem()))));
    }

    /** Where a log is to be had. */
    private record Source(String host, int port, String uri) {}

    /** Streams the log into the response; fails with an {@link ApiException} while nothing has been sent. */
    Future<Void> stream(Call call, HttpServerResponse response) {
        var found = source(call);
        if (found.isEmpty()) {
            return response.putHeader("Content-Type", "text/plain").end();
        }
        var source = found.get();
        var options = new RequestOptions().setMethod(HttpMethod.GET)
                .setHost(source.host)
                .setPort(source.port)
                .setURI(source.uri)
                .setConnectTimeout(CONNECT_MS);
        return client().request(options)
                .compose(request -> {
                    response.closeHandler(_ -> request.reset().onFailure(_ -> {
                        // It had ended already.
                    }));
                    return request.send().timeout(ANSWER_MS, TimeUnit.MILLISECONDS);
                })
                .recover(cause -> Future.failedFuture(ApiException.badGateway("the kubelet of " + call.namespace() + "/"
                        + call.name() + " at " + source.host + ":" + source.port + " did not answer: "
                        + cause.getMessage())))
                .compose(answer -> answer.statusCode() == 200 ? copy(answer, response) : refused(answer));
    }

    private static Future<Void> copy(HttpClientResponse answer, HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "text/plain");
        // The head goes at once: a follower waits for it, even where there is nothing to read yet.
        response.writeHead().onFailure(_ -> {
            // The pipe fails with the same cause.
        });
        return answer.pipeTo(response);
    }

    private static Future<Void> refused(HttpClientResponse answer) {
        return answer.body().compose(body -> {
            var text = body.getString(0, Math.min(body.length(), MAX_ERROR_BYTES)).strip();
            return Future.failedFuture(switch (answer.statusCode()) {
                case 400 -> ApiException.badRequest(text);
                case 404 -> ApiException.notFoundSentence(text);
                default -> ApiException.internal(text);
            });
        });
    }

    /** Empty for a pod that is on no node: it has no log, which is no error. */
    private Optional<Source> source(Call call) {
        var pod = store.get(call.key()).orElseThrow(() -> call.type().notFound(call.name()));
        var container = container(call, pod);
        var node = KubeJson.string(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        var host = store.get(new ObjectKey(BuiltInKinds.NODES, "", node))
                .orElseThrow(() -> ApiException.notFound("", "nodes", node));
        int port = host.path("status").path("daemonEndpoints").path("kubeletEndpoint").path("Port").asInt(0);
        var address = address(host);
        if (address.isEmpty() || port == 0) {
            throw ApiException.badGateway("node " + node + " does not say where its kubelet listens"
                    + " (status.addresses, status.daemonEndpoints)");
        }
        var parameters = new ArrayList<String>();
        for (var name : PASSED_ON) {
            if (!call.parameter(name).isEmpty()) {
                parameters.add(name + "=" + URLEncoder.encode(call.parameter(name), StandardCharsets.UTF_8));
            }
        }
        return Optional.of(new Source(address, port,
                "/containerLogs/" + call.namespace() + "/" + call.name() + "/" + container + "?"
                        + String.join("&", parameters)));
    }

    private static String address(JsonNode node) {
        for (var address : node.path("status").path("addresses")) {
            if (KubeJson.string(address, "type").equals("InternalIP")) {
                return KubeJson.string(address, "address");
            }
        }
        return "";
    }

    private static String container(Call call, JsonNode pod) {
        var containers = new ArrayList<String>();
        pod.path("spec").path("containers").forEach(c -> containers.add(KubeJson.string(c, "name")));
        var all = new ArrayList<>(containers);
        pod.path("spec").path("initContainers").forEach(c -> all.add(KubeJson.string(c, "name")));
        var wanted = call.parameter("container");
        if (wanted.isEmpty()) {
            if (all.size() > 1) {
                throw ApiException.badRequest("a container name must be specified for pod " + Meta.name(pod)
                        + ", choose one of: [" + String.join(" ", all) + "]");
            }
            return containers.getFirst();
        }
        if (!all.contains(wanted)) {
            throw ApiException.badRequest("container " + wanted + " is not valid for pod " + Meta.name(pod));
        }
        return wanted;
    }

    Future<Void> close() {
        return client == null ? Future.succeededFuture() : client.close();
    }
}
