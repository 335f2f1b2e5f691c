package io.dhcpfailover.node.manage;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Gives each line of a body that may never end to somebody. */
record LineCounter(Consumer<String> lines) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.accept(line);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
