package io.dhcpfailover.node.lease;

import org.jspecify.annotations.Nullable;

/** Free bindings in the order in which they are to be given; each is in one such list at the most. */
final class FreeList {

    private @Nullable Binding oldest;
    private @Nullable Binding newest;
    private int size;

    @Nullable Binding oldest() {
        return oldest;
    }

    int size() {
        return size;
    }

    void addLast(Binding binding) {
        binding.previousFree = newest;
        binding.nextFree = null;
        if (newest == null) {
            oldest = binding;
        } else {
            newest.nextFree = binding;
        }
        newest = binding;
        size++;
    }

    void addFirst(Binding binding) {
        binding.previousFree = null;
        binding.nextFree = oldest;
        if (oldest == null) {
            newest = binding;
        } else {
            oldest.previousFree = binding;
        }
        oldest = binding;
        size++;
    }

    void remove(Binding binding) {
        if (binding.previousFree == null) {
            oldest = binding.nextFree;
        } else {
            binding.previousFree.nextFree = binding.nextFree;
        }
        if (binding.nextFree == null) {
            newest = binding.previousFree;
        } else {
            binding.nextFree.previousFree = binding.previousFree;
        }
        binding.previousFree = null;
        binding.nextFree = null;
        size--;
    }
}
