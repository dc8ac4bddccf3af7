/**
 * Names of pods and services where there is no cluster DNS: a resolver of the JDK (JEP 418) that reads a hosts file which the
 * local kubelet keeps. Loaded by the JDK at the first look-up; any thread.
 */
@NullMarked
package io.claudeflow.swarm.kit.names;

import org.jspecify.annotations.NullMarked;
