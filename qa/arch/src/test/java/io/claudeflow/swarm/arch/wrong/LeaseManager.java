package io.claudeflow.swarm.arch.wrong;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.jspecify.annotations.Nullable;

/** A banned name, a vendor's type outside its home, and the environment read outside Main. */
final class LeaseManager {
    @Nullable
    JavaClasses vendor;

    @Nullable
    String home() {
        return System.getenv("HOME");
    }
}
