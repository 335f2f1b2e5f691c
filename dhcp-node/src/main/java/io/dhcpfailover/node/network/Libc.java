package io.dhcpfailover.node.network;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Functions of the C library for sockets that Netty has none of. Each returns what the function does, or the error's
 * number negated. For one thread, as the memory for the error's number is.
 */
final class Libc {

    static final int AF_INET = 2;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option STATE = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SENDTO = handle(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVFROM = handle(
            "recvfrom", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SENDMMSG =
            handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

    private final MemorySegment state;

    Libc(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, STATE);
    }

    int socket(int family, int type, int protocol) {
        try {
            return orError((int) SOCKET.invokeExact(state, family, type, protocol));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int close(int descriptor) {
        try {
            return orError((int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int setsockopt(int descriptor, int level, int option, MemorySegment value) {
        try {
            return orError(
                    (int) SETSOCKOPT.invokeExact(state, descriptor, level, option, value, (int) value.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int sendto(int descriptor, MemorySegment octets, MemorySegment address) {
        try {
            long sent = (long) SENDTO.invokeExact(
                    state, descriptor, octets, octets.byteSize(), 0, address, (int) address.byteSize());
            return orError((int) sent);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @param addressLength an int: the room for the sender's address, and then its length */
    int recvfrom(int descriptor, MemorySegment octets, MemorySegment address, MemorySegment addressLength) {
        try {
            long received = (long)
                    RECVFROM.invokeExact(state, descriptor, octets, octets.byteSize(), 0, address, addressLength);
            return orError((int) received);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int sendmmsg(int descriptor, MemorySegment messages, int count) {
        try {
            return orError((int) SENDMMSG.invokeExact(state, descriptor, messages, count, 0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private int orError(int result) {
        return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a call of the C library that is not as declared", e);
    }
}
