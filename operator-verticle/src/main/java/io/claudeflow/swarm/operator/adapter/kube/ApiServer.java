package io.claudeflow.swarm.operator.adapter.kube;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.ConfigException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The API server as a pod sees it. Everything comes from the pod's environment and its mounted files, never from the process:
 * several pods may live in one JVM.
 *
 * @param client  to be closed by the caller
 * @param writes  requests sent so far that change something, renewals of Leases left out
 */
public record ApiServer(KubernetesClient client, LongAdder writes) implements AutoCloseable {
    public static final String HOST = "KUBERNETES_SERVICE_HOST";
    public static final String PORT = "KUBERNETES_SERVICE_PORT";
    /** Where every pod has its token, the API server's CA and its namespace. */
    public static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final int TIMEOUT_MS = 10_000;

    /**
     * A client for the pod with that environment. Connects to nothing yet.
     *
     * @throws ConfigException naming each variable and file that is missing
     */
    public static ApiServer open(Environment environment, String namespace) {
        var ca = environment.path(ACCOUNT + "/ca.crt");
        var token = environment.path(ACCOUNT + "/token");
        var problems = new ArrayList<String>();
        for (var name : List.of(HOST, PORT)) {
            if (!environment.variables().containsKey(name)) {
                problems.add(name + ": is not set; the operator runs as a pod");
            }
        }
        for (var file : List.of(ca, token)) {
            if (!Files.isReadable(file)) {
                problems.add(file + ": cannot be read; mount the token of the pod's ServiceAccount");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        var host = environment.variables().getOrDefault(HOST, "");
        var reader = new PodToken(token);
        var config = new ConfigBuilder(Config.empty()).withAutoConfigure(false)
                .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                        + environment.variables().get(PORT))
                .withCaCertFile(ca.toString())
                .withOauthTokenProvider(reader::get)
                .withNamespace(namespace)
                .withRequestTimeout(TIMEOUT_MS)
                .withConnectionTimeout(TIMEOUT_MS)
                .withWatchReconnectInterval(200)
                .build();
        return open(config);
    }

    /** A client with that configuration, which counts what it writes. */
    public static ApiServer open(Config config) {
        var writes = new LongAdder();
        var client = new KubernetesClientBuilder().withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("writes", new CountingWrites(writes)))
                .build();
        return new ApiServer(client, writes);
    }

    @Override
    public void close() {
        client.close();
    }

    private record CountingWrites(LongAdder writes) implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            var path = request.uri().getPath();
            if (!request.method().equals("GET") && !path.contains("/leases") && !path.contains("selfsubject")) {
                writes.increment();
            }
        }
    }
}
