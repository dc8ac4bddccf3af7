package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What cluster DNS would answer, in the format of {@code /etc/hosts}: a Service's name for each pod that it selects and that is
 * ready (or published anyway), a pod's own name below its headless Service from the moment it has an address, and each pod by
 * its address. Pure.
 */
final class HostsFile {
    private static final String DOMAIN = ".svc.cluster.local";

    private HostsFile() {}

    /**
     * A pod as names see it.
     *
     * @param hostname  its own name below its subdomain, or null
     * @param subdomain the headless Service that names it, or null
     * @param ready     whether Services send to it
     */
    record Host(String namespace, String name, String address, @Nullable String hostname, @Nullable String subdomain,
            Map<String, String> labels, boolean ready) {}

    static String render(List<Service> services, List<Host> hosts) {
        var lines = new ArrayList<String>();
        lines.add("# Kept by the local kubelet; changes are lost.");
        var ordered = hosts.stream()
                .sorted(Comparator.comparing(Host::namespace).thenComparing(Host::name, HostsFile::byOrdinal))
                .toList();
        for (var host : ordered) {
            lines.add(host.address() + " " + host.address().replace('.', '-') + "." + host.namespace()
                    + ".pod.cluster.local");
        }
        services.stream()
                .sorted(Comparator.comparing((Service service) -> service.getMetadata().getNamespace())
                        .thenComparing(service -> service.getMetadata().getName()))
                .forEach(service -> add(service, ordered, lines));
        return String.join("\n", lines) + "\n";
    }

    private static void add(Service service, List<Host> hosts, List<String> lines) {
        var selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            return;
        }
        boolean all = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
        var namespace = service.getMetadata().getNamespace();
        var name = service.getMetadata().getName();
        var suffix = name + "." + namespace;
        for (var host : hosts) {
            if (!host.namespace().equals(namespace) || !host.labels().entrySet().containsAll(selector.entrySet())) {
                continue;
            }
            var names = new ArrayList<String>();
            if (host.ready() || all) {
                names.add(suffix + ".svc");
                names.add(suffix + DOMAIN);
                names.add(suffix);
            }
            if (name.equals(host.subdomain()) && host.hostname() != null) {
                names.add(host.hostname() + "." + suffix + ".svc");
                names.add(host.hostname() + "." + suffix + DOMAIN);
                names.add(host.hostname() + "." + suffix);
            }
            if (!names.isEmpty()) {
                lines.add(host.address() + " " + String.join(" ", names));
            }
        }
    }

    /** {@code web-2} comes before {@code web-10}. */
    private static int byOrdinal(String left, String right) {
        int byLength = left.replaceAll("\\d+$", "").equals(right.replaceAll("\\d+$", ""))
                ? Integer.compare(left.length(), right.length())
                : 0;
        return byLength != 0 ? byLength : left.compareTo(right);
    }
}
