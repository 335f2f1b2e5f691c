/*
 * How long the disk takes to keep what it was given: appends of 4 KiB to a file, an fdatasync after each, for a second.
 * What a server that syncs before it answers waits for, at least once a batch.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MAX 100000

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
    return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

int main(int argc, char **argv) {
    static char block[4096];
    static double took[MAX];
    int n = 0, file = argc == 2 ? open(argv[1], O_CREAT | O_WRONLY | O_TRUNC, 0600) : -1;
    if (file < 0) {
        fprintf(stderr, "usage: fdatasync FILE (which is overwritten, and removed)\n");
        return 2;
    }
    for (double start = now(); n < MAX && now() - start < 1; n++) {
        double before = now();
        if (write(file, block, sizeof block) != sizeof block || fdatasync(file)) {
            perror(argv[1]);
            return 1;
        }
        took[n] = now() - before;
    }
    unlink(argv[1]);
    qsort(took, n, sizeof *took, compare);
    printf("{\"count\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n", n, took[n / 2] * 1e3, took[n * 99 / 100] * 1e3,
           took[n - 1] * 1e3);
    return 0;
}
