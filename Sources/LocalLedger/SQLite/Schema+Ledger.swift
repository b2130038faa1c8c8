extension Schema {
    /// The ledger's schema: `IntO` as a number, and every version since the first.
    static let ledger = Schema(applicationID: 0x496E_744F, migrations: [first, second, third, fourth])

    /// Version 2: what an account remembers, as JSON text, and what allocations have cost that are gone.
    private static let second = """
        ALTER TABLE accounts ADD COLUMN memory TEXT;
        CREATE TABLE charges(
            attempt TEXT PRIMARY KEY, key TEXT NOT NULL, slot INTEGER NOT NULL, platform TEXT NOT NULL,
            began INTEGER NOT NULL, ended INTEGER NOT NULL, amount INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX charges_by_end ON charges(ended);
        CREATE INDEX charges_by_key ON charges(key);
        CREATE TABLE daily_costs(
            key TEXT NOT NULL, platform TEXT NOT NULL, day INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY (key, platform, day)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cost_labels(key TEXT PRIMARY KEY, labels TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """

    /// Version 3: what a replacement has to know of what it replaces, and when a pause ends.
    private static let third = """
        ALTER TABLE allocations ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE allocations ADD COLUMN holds_volume INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE overrides ADD COLUMN pause_until INTEGER;
        """

    /// Version 4: for which account was bought on each platform.
    private static let fourth = """
        CREATE TABLE platform_accounts(
            platform TEXT PRIMARY KEY, address TEXT NOT NULL, holder TEXT
        ) STRICT, WITHOUT ROWID;
        """

    /// Version 1.
    ///
    /// Times are milliseconds since 1970, amounts millionths of a euro, answers 0 or 1. The columns of a block are all
    /// NULL where the block is absent.
    private static let first = """
        CREATE TABLE meta(only INTEGER PRIMARY KEY CHECK (only = 1), operator_id TEXT NOT NULL) STRICT;
        CREATE TABLE allocations(
            attempt TEXT PRIMARY KEY, key TEXT NOT NULL, slot INTEGER NOT NULL, ordinal INTEGER NOT NULL,
            platform TEXT NOT NULL, offer TEXT NOT NULL, provider TEXT, location TEXT, zone TEXT, model TEXT NOT NULL,
            gpu_count INTEGER NOT NULL, hourly INTEGER NOT NULL, spot INTEGER NOT NULL, max_replicas INTEGER,
            shape TEXT NOT NULL, reference TEXT NOT NULL, opened_at INTEGER NOT NULL, replaces TEXT,
            body TEXT, id TEXT, phase TEXT NOT NULL, phase_since INTEGER NOT NULL,
            sighting_state TEXT, sighting_raw TEXT, sighting_since INTEGER, sighting_looks INTEGER,
            sighting_address TEXT, sighting_url TEXT, sighting_hourly INTEGER, sighting_message TEXT,
            doubt_since INTEGER, doubt_first_miss_at INTEGER, doubt_saw_later INTEGER, doubt_cause TEXT,
            missing_since INTEGER, parked_at INTEGER,
            ending_reason TEXT, ending_wanted_at INTEGER, ending_stop_asked_at INTEGER, ending_deleted_at INTEGER,
            ending_delete_failed_at INTEGER, ending_gone_at INTEGER,
            tombstone_at INTEGER, tombstone_looks INTEGER, tombstone_settled INTEGER,
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE listed_before(
            attempt TEXT NOT NULL REFERENCES allocations ON DELETE CASCADE, place INTEGER NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY (attempt, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE accounts(
            key TEXT PRIMARY KEY, spent INTEGER NOT NULL, attempts INTEGER NOT NULL, work_began_at INTEGER,
            finish_outcome TEXT, finish_generation INTEGER, finish_at INTEGER, finish_message TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE intents(
            key TEXT PRIMARY KEY, file TEXT NOT NULL, generation INTEGER NOT NULL, created_at INTEGER NOT NULL,
            intent TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE overrides(
            key TEXT PRIMARY KEY, suspend_reason TEXT, suspend_until INTEGER, suspend_mode TEXT, pause_reason TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE statuses(key TEXT PRIMARY KEY, status TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE events(
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, key TEXT, severity TEXT NOT NULL,
            reason TEXT NOT NULL, message TEXT NOT NULL
        ) STRICT;
        CREATE INDEX events_by_key ON events(key, id);
        CREATE TABLE held(
            only INTEGER PRIMARY KEY CHECK (only = 1), token TEXT NOT NULL, since INTEGER NOT NULL, total INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE held_keys(place INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT;
        CREATE TABLE requests(
            id INTEGER PRIMARY KEY AUTOINCREMENT, asked_at INTEGER NOT NULL, verb TEXT NOT NULL, key TEXT, slot INTEGER,
            allocation TEXT, token TEXT, reason TEXT, until INTEGER, mode TEXT,
            answer TEXT, refused INTEGER
        ) STRICT;
        CREATE INDEX requests_pending ON requests(id) WHERE answer IS NULL;
        CREATE INDEX requests_answered ON requests(id) WHERE answer IS NOT NULL;
        """
}
