package io.claudeflow.swarm.local.kubelet;

/** Something that a container needs is not there yet, or never will be; the message is a sentence for a person. */
final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
        super(message);
    }
}
