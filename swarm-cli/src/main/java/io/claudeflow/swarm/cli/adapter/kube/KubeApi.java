package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.claudeflow.swarm.cli.local.KubeTarget;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One API server: requests by path, answers as JSON, refusals as {@link SwarmException} in the server's own words. An answer that
 * says when to try again (429, or 5xx with Retry-After: the server is busy, or starts to serve a definition) is tried again then,
 * as kubectl does.
 */
public final class KubeApi implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String PLAIN_JSON = "application/json";
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final String RETRY_AFTER = "Retry-After";
    private static final int TRIES = 10;

    private final HttpClient http;
    private final String base;
    private final String namespace;
    private final String unreachable;

    private KubeApi(HttpClient http, String base, String namespace, String unreachable) {
        this.http = http;
        this.base = base;
        this.namespace = namespace;
        this.unreachable = unreachable;
    }

    /** Reads the kubeconfig; does not connect yet. */
    public static KubeApi open(KubeTarget target) {
        try {
            var config = Config.fromKubeconfig(target.kubeconfig().toFile());
            config.setRequestRetryBackoffLimit(0);
            config.setConnectionTimeout(CONNECT_MILLIS);
            config.setNoProxy(new String[]{"127.0.0.1", "localhost", "::1"});
            var namespace = config.getNamespace();
            return new KubeApi(new JdkHttpClientFactory().newBuilder(config).build(), config.getMasterUrl(),
                    namespace == null || namespace.isBlank() ? "default" : namespace, target.unreachable());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new SwarmException(ErrorCode.INVALID,
                    target.kubeconfig() + " is not a kubeconfig that can be used: " + e.getMessage(), e);
        }
    }

    /** The namespace of the kubeconfig's context. */
    public String namespace() {
        return namespace;
    }

    /** Where the server is, ending with a slash. */
    public String address() {
        return base;
    }

    /** GET as JSON. */
    public JsonNode get(String path) {
        return get(path, PLAIN_JSON);
    }

    /** GET in another representation, for example a Table. */
    public JsonNode get(String path, String accept) {
        return await(path, request("GET", path, accept, null, null));
    }

    /**
     * Any other method.
     *
     * @param contentType null: JSON
     */
    public JsonNode send(String method, String path, @Nullable String contentType, JsonNode body) {
        return await(path, request(method, path, PLAIN_JSON, contentType, body));
    }

    /** As {@link #send}, with the HTTP status, which alone tells "created" from "changed". */
    Answer exchange(String method, String path, @Nullable String contentType, JsonNode body) {
        return answer(path, request(method, path, PLAIN_JSON, contentType, body));
    }

    /** A body that goes on until either side ends it: a watch or a log. The caller closes it. */
    public InputStream stream(String path, String accept) {
        var builder = http.newHttpRequestBuilder().uri(base + path).header("Accept", accept);
        builder.forStreaming();
        var response = tried(path, builder.build(), InputStream.class, Duration.ofDays(1));
        if (response.isSuccessful()) {
            return response.body();
        }
        try (var body = response.body()) {
            throw KubeRefusal.of(response.code(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, unreachable, e);
        }
    }

    private HttpRequest request(String method, String path, String accept, @Nullable String contentType,
            @Nullable JsonNode body) {
        var builder = http.newHttpRequestBuilder()
                .uri(base + path)
                .header("Accept", accept)
                .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        return body == null
                ? builder.build()
                : builder.method(method, contentType == null ? PLAIN_JSON : contentType, body.toString()).build();
    }

    private JsonNode await(String path, HttpRequest request) {
        return answer(path, request).body();
    }

    private Answer answer(String path, HttpRequest request) {
        var response = tried(path, request, String.class, DEADLINE);
        if (!response.isSuccessful()) {
            throw KubeRefusal.of(response.code(), response.body());
        }
        try {
            return new Answer(response.code(), JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new SwarmException(ErrorCode.INTERNAL, base + path + " answered something that is not JSON: "
                    + e.getOriginalMessage(), e);
        }
    }

    private <T> HttpResponse<T> tried(String path, HttpRequest request, Class<T> type, Duration deadline) {
        for (int tries = 1;; tries++) {
            var response = join(path, sent(request, type), deadline);
            var pause = tries == TRIES ? Optional.<Duration>empty() : retryAfter(response);
            if (pause.isEmpty()) {
                return response;
            }
            discard(response.body());
            pause(path, pause.get());
        }
    }

    /** How long the server asks to wait before the same request again; empty when the answer is final. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        if (response.code() != TOO_MANY_REQUESTS && response.code() < SERVER_ERROR) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(response.header(RETRY_AFTER)).map(Long::parseLong).map(Duration::ofSeconds);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void discard(Object body) {
        if (body instanceof InputStream stream) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new SwarmException(ErrorCode.UNAVAILABLE, unreachable, e);
            }
        }
    }

    private void pause(String path, Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(path, e);
        }
    }

    private SwarmException interrupted(String path, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SwarmException(ErrorCode.INDETERMINATE, "interrupted while waiting for " + base + path, e);
    }

    private <T> CompletableFuture<HttpResponse<T>> sent(HttpRequest request, Class<T> type) {
        try {
            return http.sendAsync(request, type);
        } catch (IllegalStateException e) {
            // The client was closed by another thread.
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> HttpResponse<T> join(String path, CompletableFuture<HttpResponse<T>> future, Duration deadline) {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SwarmException(ErrorCode.INDETERMINATE,
                    base + path + " gave no answer within " + deadline.toSeconds() + " s; try again", e);
        } catch (ExecutionException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, unreachable + reason(e.getCause()), e);
        } catch (InterruptedException e) {
            throw interrupted(path, e);
        }
    }

    private String reason(@Nullable Throwable cause) {
        return cause == null || cause instanceof java.net.ConnectException
                ? ""
                : " (" + base + ": " + cause.getMessage() + ")";
    }

    /** Values for a path's query, encoded. */
    public static String query(Map<String, String> values) {
        var query = new StringBuilder();
        values.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    @Override
    public void close() {
        http.close();
    }

    /** An answer that is not a refusal. */
    record Answer(int status, JsonNode body) {}
}
