package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import io.claudeflow.swarm.local.api.store.Store;
import java.security.SecureRandom;
import java.util.List;

/** What kube-apiserver's ServiceAccount admission plugin does to a new pod: its account must exist, and its token is mounted. */
final class ServiceAccountAdmission {
    private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String PREFIX = "kube-api-access-";
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    /** An hour and a little, so that clients which renew hourly are in time. */
    private static final int TOKEN_SECONDS = 3607;
    private static final int FILE_MODE = 420;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ServiceAccountAdmission() {}

    /** @throws ApiException 403 when the account does not exist */
    static void admit(ObjectNode pod, Store store) {
        var spec = KubeJson.child(pod, "spec");
        if (pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
            return;
        }
        KubeJson.setDefault(spec, "serviceAccountName", "default");
        var name = KubeJson.string(spec, "serviceAccountName");
        spec.put("serviceAccount", name);
        var namespace = Meta.namespace(pod);
        var account = store.get(new ObjectKey(BuiltInKinds.SERVICE_ACCOUNTS, namespace, name))
                .orElseThrow(() -> ApiException.forbidden("", "pods", Meta.name(pod),
                        "error looking up service account " + namespace + "/" + name + ": serviceaccount \"" + name
                                + "\" not found"));
        if (mounts(spec, account)) {
            mount(spec);
        }
        if (spec.path("imagePullSecrets").isEmpty() && !account.path("imagePullSecrets").isEmpty()) {
            spec.set("imagePullSecrets", account.path("imagePullSecrets").deepCopy());
        }
    }

    private static boolean mounts(JsonNode spec, JsonNode account) {
        return spec.path("automountServiceAccountToken")
                .asBoolean(account.path("automountServiceAccountToken").asBoolean(true));
    }

    private static void mount(ObjectNode spec) {
        var volume = "";
        for (var list : List.of("initContainers", "containers")) {
            for (var container : spec.path(list)) {
                if (!mounted(container) && container instanceof ObjectNode node) {
                    volume = volume.isEmpty() ? volume(spec) : volume;
                    node.withArray("volumeMounts")
                            .addObject()
                            .put("name", volume)
                            .put("readOnly", true)
                            .put("mountPath", MOUNT);
                }
            }
        }
    }

    private static boolean mounted(JsonNode container) {
        for (var mount : container.path("volumeMounts")) {
            if (KubeJson.string(mount, "mountPath").equals(MOUNT)) {
                return true;
            }
        }
        return false;
    }

    /** The volume's name; a template that was copied from a pod may have it already. */
    private static String volume(ObjectNode spec) {
        for (var volume : spec.path("volumes")) {
            if (KubeJson.string(volume, "name").startsWith(PREFIX)) {
                return KubeJson.string(volume, "name");
            }
        }
        var name = PREFIX + suffix();
        var projected = spec.withArray("volumes").addObject().put("name", name).putObject("projected");
        var sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        var root = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        root.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", FILE_MODE);
        return name;
    }

    /** Five letters as Kubernetes draws them for generated names. */
    static String suffix() {
        var out = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            out.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return out.toString();
    }
}
