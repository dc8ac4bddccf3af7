package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What a probe asks of a container. Blocking. */
final class Checks {
    private Checks() {}

    /** One question; returns null for yes, else what was wrong. */
    @FunctionalInterface
    interface Check {
        @Nullable
        String failure();
    }

    /** The question that the probe asks over the network. */
    static Check of(Probe probe, Container container, String podIp) {
        int timeout = 1_000 * (probe.getTimeoutSeconds() == null ? 1 : probe.getTimeoutSeconds());
        if (probe.getHttpGet() != null) {
            return () -> http(probe, container, podIp, timeout);
        }
        if (probe.getTcpSocket() != null) {
            return () -> tcp(probe, container, podIp, timeout);
        }
        return () -> "only httpGet and tcpSocket probes are supported here";
    }

    private static @Nullable String http(Probe probe, Container container, String podIp, int timeout) {
        var get = probe.getHttpGet();
        var host = get.getHost() == null || get.getHost().isEmpty() ? podIp : get.getHost();
        var scheme = get.getScheme() == null ? "http" : get.getScheme().toLowerCase(Locale.ROOT);
        var path = get.getPath() == null ? "/" : get.getPath();
        var address = scheme + "://" + host + ":" + port(get.getPort(), container)
                + (path.startsWith("/") ? path : "/" + path);
        try {
            var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(Trusting.CONTEXT.getSocketFactory());
                secure.setHostnameVerifier((_, _) -> true);
            }
            connection.setConnectTimeout(timeout);
            connection.setReadTimeout(timeout);
            connection.setInstanceFollowRedirects(false);
            get.getHttpHeaders().forEach(header -> connection.setRequestProperty(header.getName(), header.getValue()));
            int status = connection.getResponseCode();
            connection.disconnect();
            return status >= 200 && status < 400 ? null : "HTTP probe failed with statuscode: " + status;
        } catch (IOException | IllegalArgumentException e) {
            return "Get \"" + address + "\": " + e.getMessage();
        }
    }

    private static @Nullable String tcp(Probe probe, Container container, String podIp, int timeout) {
        var target = probe.getTcpSocket();
        var host = target.getHost() == null || target.getHost().isEmpty() ? podIp : target.getHost();
        int port = port(target.getPort(), container);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeout);
            return null;
        } catch (IOException e) {
            return "dial tcp " + host + ":" + port + ": " + e.getMessage();
        }
    }

    private static int port(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts()
                .stream()
                .filter(candidate -> port.getStrVal().equals(candidate.getName()))
                .findFirst()
                .map(found -> found.getContainerPort())
                .orElse(0);
    }

    /** A kubelet does not check a container's certificate. */
    private static final class Trusting implements X509TrustManager {
        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                var context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[]{new Trusting()}, new SecureRandom());
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no TLS", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Never a server here.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // As a kubelet does.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
