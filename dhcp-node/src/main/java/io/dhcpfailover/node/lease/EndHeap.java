package io.dhcpfailover.node.lease;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bindings by when they count as ended: a binary heap that knows where in it each binding is. */
final class EndHeap {

    private @Nullable Binding[] heap = new @Nullable Binding[64];
    private int size;

    /** The one that ends first; null where none ends. */
    @Nullable Binding first() {
        return size == 0 ? null : heap[0];
    }

    /** Puts a binding where its end belongs, whether it is in already or not. */
    void put(Binding binding) {
        if (binding.heapIndex == Binding.NOT_IN_HEAP) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            place(binding, size++);
        }
        siftDown(binding, siftUp(binding, binding.heapIndex));
    }

    /** Removes a binding, where it is in. */
    void remove(Binding binding) {
        int index = binding.heapIndex;
        if (index == Binding.NOT_IN_HEAP) {
            return;
        }
        binding.heapIndex = Binding.NOT_IN_HEAP;
        Binding last = at(--size);
        heap[size] = null;
        if (last != binding) {
            place(last, index);
            siftDown(last, siftUp(last, index));
        }
    }

    private int siftUp(Binding binding, int from) {
        int index = from;
        while (index > 0) {
            Binding parent = at((index - 1) / 2);
            if (parent.due() <= binding.due()) {
                break;
            }
            place(parent, index);
            index = (index - 1) / 2;
        }
        place(binding, index);
        return index;
    }

    private void siftDown(Binding binding, int from) {
        int index = from;
        while (2 * index + 1 < size) {
            int child = 2 * index + 1;
            if (child + 1 < size && at(child + 1).due() < at(child).due()) {
                child++;
            }
            if (at(child).due() >= binding.due()) {
                break;
            }
            place(at(child), index);
            index = child;
        }
        place(binding, index);
    }

    private void place(Binding binding, int index) {
        heap[index] = binding;
        binding.heapIndex = index;
    }

    private Binding at(int index) {
        Binding binding = heap[index];
        if (binding == null) {
            throw new IndexOutOfBoundsException("place " + index + " of " + size + " in the heap");
        }
        return binding;
    }
}
