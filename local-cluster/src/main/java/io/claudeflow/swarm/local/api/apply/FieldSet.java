package io.claudeflow.swarm.local.api.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths into an object, as a tree. A path's steps are written as in FieldsV1: {@code f:name} a field, {@code k:{…}} a list item
 * by its keys, {@code v:…} a list item by its value. A path may be in the set while paths below it are, too.
 *
 * <p>The operations make new sets; only {@link #insert} changes one, while it is being built.
 */
public final class FieldSet {
    private final TreeSet<String> members = new TreeSet<>();
    private final TreeMap<String, FieldSet> children = new TreeMap<>();

    /** Adds a path; the empty path is the object itself and is never in a set. */
    public void insert(List<String> path) {
        if (path.isEmpty()) {
            return;
        }
        var at = this;
        for (var step : path.subList(0, path.size() - 1)) {
            at = at.children.computeIfAbsent(step, _ -> new FieldSet());
        }
        at.members.add(path.getLast());
    }

    void insertMember(String step) {
        members.add(step);
    }

    void putChild(String step, FieldSet child) {
        if (!child.isEmpty()) {
            children.put(step, child);
        }
    }

    public boolean isEmpty() {
        return members.isEmpty() && children.isEmpty();
    }

    boolean hasMember(String step) {
        return members.contains(step);
    }

    /** What the set holds below that step; empty when nothing. */
    FieldSet below(String step) {
        var child = children.get(step);
        return child == null ? new FieldSet() : child;
    }

    Collection<String> members() {
        return Collections.unmodifiableCollection(members);
    }

    Map<String, FieldSet> children() {
        return Collections.unmodifiableMap(children);
    }

    public FieldSet union(FieldSet other) {
        var out = new FieldSet();
        out.members.addAll(members);
        out.members.addAll(other.members);
        children.forEach((step, child) -> {
            var theirs = other.children.get(step);
            out.children.put(step, theirs == null ? child : child.union(theirs));
        });
        other.children.forEach(out.children::putIfAbsent);
        return out;
    }

    public FieldSet intersection(FieldSet other) {
        var out = new FieldSet();
        out.members.addAll(members);
        out.members.retainAll(other.members);
        children.forEach((step, child) -> {
            var theirs = other.children.get(step);
            if (theirs != null) {
                out.putChild(step, child.intersection(theirs));
            }
        });
        return out;
    }

    public FieldSet difference(FieldSet other) {
        var out = new FieldSet();
        out.members.addAll(members);
        out.members.removeAll(other.members);
        children.forEach((step, child) -> {
            var theirs = other.children.get(step);
            out.putChild(step, theirs == null ? child : child.difference(theirs));
        });
        return out;
    }

    /** Without the members of the other set and everything below them. */
    FieldSet recursiveDifference(FieldSet other) {
        var out = new FieldSet();
        out.members.addAll(members);
        out.members.removeAll(other.members);
        children.forEach((step, child) -> {
            if (!other.members.contains(step)) {
                var theirs = other.children.get(step);
                out.putChild(step, theirs == null ? child : child.recursiveDifference(theirs));
            }
        });
        return out;
    }

    /** Every path, parents before what lies below them. */
    public List<List<String>> paths() {
        var out = new ArrayList<List<String>>();
        walk(List.of(), (path, step) -> {
            var full = new ArrayList<>(path);
            full.add(step);
            out.add(full);
        });
        return out;
    }

    private void walk(List<String> prefix, BiConsumer<List<String>, String> visitor) {
        members.forEach(step -> visitor.accept(prefix, step));
        children.forEach((step, child) -> {
            var path = new ArrayList<>(prefix);
            path.add(step);
            child.walk(path, visitor);
        });
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set && members.equals(set.members) && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return 31 * members.hashCode() + children.hashCode();
    }

    @Override
    public String toString() {
        return FieldsV1.write(this).toString();
    }
}
