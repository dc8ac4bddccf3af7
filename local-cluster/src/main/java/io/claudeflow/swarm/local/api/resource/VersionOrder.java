package io.claudeflow.swarm.local.api.resource;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Kubernetes' order of version names: v2, v1, v1beta2, v1alpha1, then anything else by its name. */
final class VersionOrder {
    private static final Pattern KUBE = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    static final Comparator<String> NEWEST_FIRST = Comparator.comparing(VersionOrder::rank)
            .reversed()
            .thenComparing(Comparator.naturalOrder());

    private VersionOrder() {}

    private static long rank(String version) {
        var parts = KUBE.matcher(version);
        if (!parts.matches()) {
            return -1;
        }
        long major = Long.parseLong(parts.group(1));
        if (parts.group(2) == null) {
            return (2L << 60) + major;
        }
        long stage = parts.group(2).equals("beta") ? 1L << 60 : 0;
        return stage + (major << 30) + Long.parseLong(parts.group(3));
    }
}
