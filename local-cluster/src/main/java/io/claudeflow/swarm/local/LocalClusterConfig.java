package io.claudeflow.swarm.local;

import io.claudeflow.swarm.local.kubelet.Image;
import io.claudeflow.swarm.local.kubelet.Isolation;
import io.claudeflow.swarm.local.kubelet.KubeletConfig.JavaCommand;
import io.claudeflow.swarm.local.process.SearchPath;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a local cluster is told.
 *
 * @param name          of cluster and context in the kubeconfig
 * @param dataDirectory all that outlives it: kubeconfig, journal, volumes, logs, certificates
 * @param apiServer     which API server
 * @param programs      where etcd and kube-apiserver are looked for, for {@link ApiServerKind#KUBE_APISERVER}
 * @param isolation     what separates pods
 * @param images        how to start each image, by repository
 * @param java          how to start JVMs and other programs
 */
public record LocalClusterConfig(String name, Path dataDirectory, ApiServerKind apiServer, SearchPath programs,
        Isolation isolation,
        Map<String, Image> images, JavaCommand java) {
    public LocalClusterConfig {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        images = Map.copyOf(images);
    }

    /** Which API server. */
    public enum ApiServerKind {
        /** The one of this module, in this JVM. */
        EMBEDDED,
        /** A real etcd and kube-apiserver as child processes. */
        KUBE_APISERVER
    }
}
