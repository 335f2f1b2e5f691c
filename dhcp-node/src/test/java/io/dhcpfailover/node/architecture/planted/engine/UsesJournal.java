package io.dhcpfailover.node.architecture.planted.engine;

import io.dhcpfailover.node.architecture.planted.journal.Journal;

/** An arrow that points down the list. */
record UsesJournal(Journal journal) {}
