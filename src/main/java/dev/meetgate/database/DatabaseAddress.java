package dev.meetgate.database;

/** Tells where the database is. */
public interface DatabaseAddress {

    /** Reads the settings and their files again, because a password may have been replaced. Blocks. */
    DatabaseUrl now();
}
