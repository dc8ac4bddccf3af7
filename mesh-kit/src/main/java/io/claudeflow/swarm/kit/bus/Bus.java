package io.claudeflow.swarm.kit.bus;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus as typed channels. A record goes by reference inside a JVM and as JSON across JVMs.
 *
 * <p>Failures: a handler's {@link SwarmException} reaches the caller with its code; a deadline that passes is
 * {@link ErrorCode#INDETERMINATE}; nobody listening is {@link ErrorCode#UNAVAILABLE}. The bus may lose messages: every command
 * carries its own idempotency key. Threads: any; handlers run on the context that registered them.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final EventBus events;

    public Bus(Vertx vertx) {
        this.events = vertx.eventBus();
        try {
            events.registerCodec(new Parcel.Codec());
        } catch (IllegalStateException alreadyRegistered) {
            // Under thread isolation the services of a swarm share one Vertx.
        }
    }

    /** Sends a request and waits for its reply, at most for the channel's deadline. */
    public <Q, R> Future<R> request(Channel<Q, R> channel, Q request, TraceContext trace) {
        return request(channel, request, trace, channel.deadline());
    }

    /** Sends a request and waits for its reply, at most for {@code deadline}. */
    public <Q, R> Future<R> request(Channel<Q, R> channel, Q request, TraceContext trace, Duration deadline) {
        var options = options(trace).setSendTimeout(Math.max(1, deadline.toMillis()));
        return events.<Parcel>request(channel.address(), Parcel.of(channel.request(), request), options)
                .map(reply -> open(reply.body(), channel.reply()))
                .recover(cause -> Future.failedFuture(translated(channel.address(), deadline, cause)));
    }

    /** Serves a channel until the registration ends. The future completes when the whole cluster knows of it. */
    public <Q, R> Future<Registration> serve(Channel<Q, R> channel, BiFunction<Q, TraceContext, Future<R>> handler) {
        MessageConsumer<Parcel> consumer = events.consumer(channel.address());
        consumer.handler(message -> answer(channel, handler, message));
        return consumer.completion().map(_ -> consumer::unregister);
    }

    private static <Q, R> void answer(Channel<Q, R> channel, BiFunction<Q, TraceContext, Future<R>> handler,
            Message<Parcel> message) {
        Future<R> reply;
        try {
            var request = open(message.body(), channel.request());
            reply = handler.apply(request, TraceContext.parse(message.headers().get(TraceContext.HEADER)));
        } catch (RuntimeException e) {
            reply = Future.failedFuture(e);
        }
        reply.onSuccess(value -> message.reply(Parcel.of(channel.reply(), value), options()))
                .onFailure(cause -> fail(message, cause));
    }

    private static void fail(Message<?> message, Throwable cause) {
        if (!(cause instanceof SwarmException)) {
            // The caller gets a sentence; the stack trace of a defect stays on this side.
            LOG.atError().addKeyValue("address", message.address()).setCause(cause).log("handler failed");
        }
        var known = cause instanceof SwarmException swarm
                ? swarm
                : new SwarmException(ErrorCode.INTERNAL, String.valueOf(cause.getMessage()), cause);
        message.fail(known.code().blame().ordinal(), known.code().name() + ": " + known.getMessage());
    }

    /** Publishes to all subscribers; whether any got it is not known. */
    public <T> void publish(Topic<T> topic, T message) {
        events.publish(topic.address(), Parcel.of(topic.message(), message), options());
    }

    /** Subscribes until the registration ends. */
    public <T> Future<Registration> subscribe(Topic<T> topic, Consumer<T> subscriber) {
        MessageConsumer<Parcel> consumer = events.consumer(topic.address());
        consumer.handler(message -> subscriber.accept(open(message.body(), topic.message())));
        return consumer.completion().map(_ -> consumer::unregister);
    }

    /** A consumer on the bus, to be ended once. */
    @FunctionalInterface
    public interface Registration {
        Future<Void> end();
    }

    private static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(Parcel.Codec.NAME);
    }

    private static DeliveryOptions options(TraceContext trace) {
        return options().addHeader(TraceContext.HEADER, trace.header());
    }

    private static <T> T open(Parcel parcel, Class<T> type) {
        try {
            return parcel.as(type);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.INVALID, "not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static Throwable translated(String address, Duration deadline, Throwable cause) {
        if (!(cause instanceof ReplyException reply)) {
            return cause;
        }
        return switch (reply.failureType()) {
            case TIMEOUT -> new SwarmException(ErrorCode.INDETERMINATE,
                    "no answer from " + address + " within " + deadline.toMillis() + " ms", reply);
            case NO_HANDLERS -> new SwarmException(ErrorCode.UNAVAILABLE, "nobody serves " + address, reply);
            case RECIPIENT_FAILURE -> decoded(reply);
            case ERROR -> new SwarmException(ErrorCode.INTERNAL, String.valueOf(reply.getMessage()), reply);
        };
    }

    private static SwarmException decoded(ReplyException reply) {
        var text = String.valueOf(reply.getMessage());
        int colon = text.indexOf(": ");
        var blames = ErrorCode.Blame.values();
        if (colon < 0 || reply.failureCode() < 0 || reply.failureCode() >= blames.length) {
            return new SwarmException(ErrorCode.INTERNAL, text, reply);
        }
        var code = new ErrorCode(text.substring(0, colon), blames[reply.failureCode()]);
        return new SwarmException(code, text.substring(colon + 2), reply);
    }
}
