#pragma once
#include <sqlite3.h>

/// Binds text that SQLite copies; a null pointer stands for the empty text, never for NULL.
///
/// `SQLITE_TRANSIENT` is a cast that Swift cannot import.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text ? text : "", length, SQLITE_TRANSIENT);
}

/// Turns a switch of a connection on or off: `sqlite3_db_config` is variadic, which Swift cannot call.
static inline int csqlite_switch(sqlite3 *connection, int option, int on) {
    return sqlite3_db_config(connection, option, on, (int *)0);
}
