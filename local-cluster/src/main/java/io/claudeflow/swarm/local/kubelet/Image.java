package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.ApplicationFactory;
import java.util.List;

/**
 * How an image is started where there are no containers.
 *
 * @param factory      its application, for {@link Isolation#THREAD}
 * @param mainClass    its main class, for {@link Isolation#PROCESS}
 * @param jvmArguments what its JVM needs beyond the heap size, for {@link Isolation#PROCESS}
 */
public record Image(ApplicationFactory factory, String mainClass, List<String> jvmArguments) {
    public Image {
        jvmArguments = List.copyOf(jvmArguments);
    }

    /** The repository of an image reference: without tag and digest, {@code host:port/name:tag@sha256:…}. */
    public static String repository(String reference) {
        int digest = reference.indexOf('@');
        var name = digest < 0 ? reference : reference.substring(0, digest);
        int tag = name.lastIndexOf(':');
        return tag > name.lastIndexOf('/') ? name.substring(0, tag) : name;
    }
}
