package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A client's request as the UID of its task, {@code <session>.<request>}: a request said twice is one task, whoever leads. No
 * UID of Kubernetes has this form.
 *
 * @param session a UUID in its usual form
 * @param request counted by the client, from 1
 */
public record ClientTask(String session, long request) {
    private static final int SESSION = 36;
    /** So many digits fit a long. */
    private static final int MAX_DIGITS = 18;

    public String uid() {
        return session + '.' + request;
    }

    /** Whether a text may be a session: a UUID, 8-4-4-4-12 lower-case hexadecimal digits. */
    public static boolean isSession(String text) {
        if (text.length() != SESSION) {
            return false;
        }
        for (int i = 0; i < SESSION; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The request that a task came from, or null: it came another way. */
    public static @Nullable ClientTask of(Task.About task) {
        return task.origin() == TaskOrigin.CLIENT ? of(task.uid()) : null;
    }

    static @Nullable ClientTask of(String uid) {
        int length = uid.length();
        if (length <= SESSION + 1 || length > SESSION + 1 + MAX_DIGITS || uid.charAt(SESSION) != '.'
                || uid.charAt(SESSION + 1) == '0') {
            return null;
        }
        long request = 0;
        for (int i = SESSION + 1; i < length; i++) {
            int digit = uid.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            request = request * 10 + digit;
        }
        return new ClientTask(uid.substring(0, SESSION), request);
    }
}
