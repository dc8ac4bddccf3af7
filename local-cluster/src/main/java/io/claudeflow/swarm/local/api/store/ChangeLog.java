package io.claudeflow.swarm.local.api.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The latest changes, for watches that start at an earlier revision. Bounded: what is too old is forgotten, and such a watch is told so. */
public final class ChangeLog {
    /** An object with its field managers takes some 15 KiB of heap, and each change has two. */
    private static final int KEPT = 2_000;

    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    /** Everything after this revision is still known. */
    private long forgotten;

    ChangeLog(long revision) {
        this.forgotten = revision;
    }

    void add(Change change) {
        changes.add(change);
        if (changes.size() > KEPT) {
            forgotten = changes.remove().revision();
        }
    }

    /** Forgets everything: what comes next starts a new history. */
    void forgetUpTo(long revision) {
        changes.clear();
        forgotten = revision;
    }

    /** The changes after that revision, oldest first; empty when some of them are forgotten. */
    public Optional<List<Change>> since(long revision) {
        if (revision < forgotten) {
            return Optional.empty();
        }
        var out = new ArrayList<Change>();
        for (var it = changes.descendingIterator(); it.hasNext();) {
            var change = it.next();
            if (change.revision() <= revision) {
                break;
            }
            out.add(change);
        }
        return Optional.of(out.reversed());
    }
}
