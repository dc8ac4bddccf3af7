package io.claudeflow.swarm.hivemind.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A process on a machine of its own. What is meant for a process that has died is lost with it; what is meant for one that stands
 * still waits until it goes on.
 */
final class Host {
    final int id;
    final String name;
    final Timeline time;
    private final ArrayDeque<Runnable> backlog = new ArrayDeque<>();
    private final Set<Connection.End> ends = new LinkedHashSet<>();
    private int life;
    private boolean up = true;
    private boolean paused;

    Host(int id, String name, Timeline time) {
        this.id = id;
        this.name = name;
        this.time = time;
    }

    boolean up() {
        return up;
    }

    boolean paused() {
        return paused;
    }

    /** Which process this is, counted from 0. */
    int life() {
        return life;
    }

    /** Runs something in this process after a while, unless it has died by then. */
    void after(long millis, Runnable action) {
        int born = life;
        time.after(millis, () -> deliver(born, action));
    }

    /** Runs something in that process, if it still lives. */
    void deliver(int born, Runnable action) {
        if (!up || born != life) {
            return;
        }
        if (paused) {
            backlog.add(action);
        } else {
            action.run();
        }
    }

    void pause() {
        paused = up;
    }

    void resume() {
        paused = false;
        while (!paused && !backlog.isEmpty()) {
            backlog.removeFirst().run();
        }
    }

    /** The process dies; its sockets are closed by the system. */
    void crash() {
        up = false;
        paused = false;
        life++;
        backlog.clear();
        new ArrayList<>(ends).forEach(Connection.End::close);
        ends.clear();
    }

    void start() {
        up = true;
    }

    void opened(Connection.End end) {
        ends.add(end);
    }

    void closed(Connection.End end) {
        ends.remove(end);
    }

    @Override
    public String toString() {
        return name;
    }
}
