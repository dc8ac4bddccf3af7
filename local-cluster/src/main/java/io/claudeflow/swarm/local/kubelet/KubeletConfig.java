package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.process.SearchPath;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a kubelet is told.
 *
 * @param nodeName      the name of its node
 * @param dataDirectory for pods, logs, addresses and the hosts file
 * @param pki           the folder with the cluster's authority ({@code ca.crt}, {@code ca.key})
 * @param client        an administrator's access to the API server
 * @param isolation     what separates pods
 * @param images        how to start each image, by repository
 * @param java          how to start a JVM, for {@link Isolation#PROCESS}
 */
public record KubeletConfig(String nodeName, Path dataDirectory, Path pki, Config client, Isolation isolation,
        Map<String, Image> images, JavaCommand java) {
    public KubeletConfig {
        dataDirectory = dataDirectory.toAbsolutePath();
        images = Map.copyOf(images);
    }

    /**
     * How to start a JVM.
     *
     * @param executable the java program
     * @param classpath  as {@code -cp} takes it
     * @param path       the PATH of the processes, and where setsid is looked for
     */
    public record JavaCommand(Path executable, String classpath, SearchPath path) {}
}
